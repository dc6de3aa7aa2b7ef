package io.secateur.encoding;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a tensor is written, as in {@code dense} or {@code relative-index/5}.
 *
 * @param kind the family
 * @param indexBits the width of a relative index, in [2, 16]; 0 when the kind has no indices
 */
public record Encoding(Kind kind, int indexBits) {
  /** Every value, in order. */
  public static final Encoding DENSE = new Encoding(Kind.DENSE, 0);

  private static final Pattern RELATIVE_INDEX = Pattern.compile("relative-index/([1-9][0-9]?)");

  /** The family of an encoding, with its stable number in files. */
  public enum Kind {
    /** Every value, in order. */
    DENSE(1),
    /**
     * The values that are not zero, each with the distance from the one before it in so many bits;
     * a longer distance is bridged by fillers (Han et al. 2015, section 3.1 on storage).
     */
    RELATIVE_INDEX(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException when it is not one of the kind's
   */
  public Encoding {
    requireNonNull(kind, "kind");
    boolean fits =
        switch (kind) {
          case DENSE -> indexBits == 0;
          case RELATIVE_INDEX -> indexBits >= 2 && indexBits <= 16;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "a dense encoding has 0 index bits and a relative index 2 to 16, found " + indexBits);
    }
  }

  /**
   * Relative indices of that width.
   *
   * @throws IllegalArgumentException when {@code bits} is not in [2, 16]
   */
  public static Encoding relativeIndex(int bits) {
    return new Encoding(Kind.RELATIVE_INDEX, bits);
  }

  /**
   * The encoding of a {@link #toString}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Encoding parse(String text) {
    if (text.equals("dense")) {
      return DENSE;
    }
    Matcher matcher = RELATIVE_INDEX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "an encoding is dense or relative-index/<bits>, found \"" + text + "\"");
    }
    return relativeIndex(Integer.parseInt(matcher.group(1)));
  }

  /**
   * The stable 16-bit id in files: the kind's number in the low byte, the width in the high one.
   */
  public int wireId() {
    return kind.number | indexBits << 8;
  }

  /** The encoding of a {@link #wireId}. */
  public static Optional<Encoding> ofWireId(int wireId) {
    int bits = wireId >>> 8;
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.number == (wireId & 0xFF))
        .filter(kind -> kind == Kind.DENSE ? bits == 0 : bits >= 2 && bits <= 16)
        .map(kind -> new Encoding(kind, bits))
        .findFirst();
  }

  /** As in {@code relative-index/5}. */
  @Override
  public String toString() {
    return switch (kind) {
      case DENSE -> "dense";
      case RELATIVE_INDEX -> "relative-index/" + indexBits;
    };
  }
}
