package io.secateur.encoding;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a tensor is written, as in {@code dense}, {@code bitmap} or {@code relative-index/5}.
 *
 * @param kind the family
 * @param indexBits the width of a relative index, in [2, 16]; 0 when the kind has no indices
 */
public record Encoding(Kind kind, int indexBits) {
  /** Every value, in order. */
  public static final Encoding DENSE = new Encoding(Kind.DENSE, 0);

  /** A bit for every element, and the values whose bit is set. */
  public static final Encoding BITMAP = new Encoding(Kind.BITMAP, 0);

  static final int MIN_INDEX_BITS = 2;
  static final int MAX_INDEX_BITS = 16;

  private static final List<Encoding> ALL =
      Stream.concat(
              Stream.of(DENSE, BITMAP),
              IntStream.rangeClosed(MIN_INDEX_BITS, MAX_INDEX_BITS)
                  .mapToObj(Encoding::relativeIndex))
          .toList();

  /** The family of an encoding, with its stable number in files. */
  public enum Kind {
    /** Every value, in order. */
    DENSE(1),
    /**
     * The values that are not zero, each with the distance from the one before it in so many bits;
     * a longer distance is bridged by fillers (Han et al. 2015, section 3.1 on storage).
     */
    RELATIVE_INDEX(2),
    /** A bit for every element, and the values whose bit is set. */
    BITMAP(3);

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
          case DENSE, BITMAP -> indexBits == 0;
          case RELATIVE_INDEX -> indexBits >= MIN_INDEX_BITS && indexBits <= MAX_INDEX_BITS;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "a relative index has 2 to 16 index bits and any other encoding 0, found "
              + indexBits
              + " of "
              + kind);
    }
  }

  /** Every encoding there is: dense, bitmap, then relative indices from the narrowest. */
  public static List<Encoding> all() {
    return ALL;
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
    return ALL.stream()
        .filter(encoding -> encoding.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an encoding is dense, bitmap or relative-index/<2 to 16>, found \""
                        + text
                        + "\""));
  }

  /**
   * The stable 16-bit id in files: the kind's number in the low byte, the width in the high one.
   */
  public int wireId() {
    return kind.number | indexBits << 8;
  }

  /** The encoding of a {@link #wireId}. */
  public static Optional<Encoding> ofWireId(int wireId) {
    return ALL.stream().filter(encoding -> encoding.wireId() == wireId).findFirst();
  }

  /** As in {@code relative-index/5}. */
  @Override
  public String toString() {
    return switch (kind) {
      case DENSE -> "dense";
      case BITMAP -> "bitmap";
      case RELATIVE_INDEX -> "relative-index/" + indexBits;
    };
  }
}
