package io.secateur.prune;

import java.io.Serializable;

/**
 * Counts of magnitudes by bit pattern: one of the two digits of a radix selection.
 *
 * <p>The bit patterns of non-negative floats sort as integers sort, subnormals included, so a
 * magnitude is the 31 bits below the sign: a leading digit of 15 bits and a trailing digit of 16.
 * -0 counts as 0. Histograms of parts merge into that of the whole, whatever the order, so that a
 * part may be counted on another machine.
 */
public final class MagnitudeHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The values that a leading digit has. */
  static final int LEADING_DIGITS = 1 << 15;

  private static final int TRAILING_BITS = 16;
  private static final int TRAILING_MASK = (1 << TRAILING_BITS) - 1;
  private static final int ANY = -1;

  private final int leadingDigit;
  private final long[] counts;

  private MagnitudeHistogram(int leadingDigit, int buckets) {
    this.leadingDigit = leadingDigit;
    this.counts = new long[buckets];
  }

  /** Counts every magnitude by its leading digit. */
  static MagnitudeHistogram byLeadingDigit() {
    return new MagnitudeHistogram(ANY, LEADING_DIGITS);
  }

  /** Counts the magnitudes that have this leading digit by their trailing digit. */
  static MagnitudeHistogram byTrailingDigitOf(int leadingDigit) {
    return new MagnitudeHistogram(leadingDigit, 1 << TRAILING_BITS);
  }

  /** The 31 bits of |w|. */
  static int magnitude(float weight) {
    return Float.floatToRawIntBits(weight) & 0x7fffffff;
  }

  static int magnitude(int leadingDigit, int trailingDigit) {
    return leadingDigit << TRAILING_BITS | trailingDigit;
  }

  static int leadingDigit(int magnitude) {
    return magnitude >>> TRAILING_BITS;
  }

  static int trailingDigit(int magnitude) {
    return magnitude & TRAILING_MASK;
  }

  /** Counts the weights of a range that survive. */
  void add(float[] weights, SurvivorBits survivors, WeightRange range) {
    int lastWord = (range.to() - 1) >>> 6;
    for (int word = range.from() >>> 6; word <= lastWord; word++) {
      long bits = survivors.in(word, range.from(), range.to());
      if (bits == -1L) {
        addAll(weights, word << 6, (word << 6) + 64);
      } else {
        for (; bits != 0; bits &= bits - 1) {
          int i = (word << 6) + Long.numberOfTrailingZeros(bits);
          addAll(weights, i, i + 1);
        }
      }
    }
  }

  /** Counts the weights [from, to). */
  void addAll(float[] weights, int from, int to) {
    if (leadingDigit == ANY) {
      for (int i = from; i < to; i++) {
        counts[magnitude(weights[i]) >>> TRAILING_BITS]++;
      }
    } else {
      for (int i = from; i < to; i++) {
        int magnitude = magnitude(weights[i]);
        if (magnitude >>> TRAILING_BITS == leadingDigit) {
          counts[magnitude & TRAILING_MASK]++;
        }
      }
    }
  }

  /** Adds the counts of another part. */
  void merge(MagnitudeHistogram part) {
    if (part.leadingDigit != leadingDigit) {
      throw new IllegalArgumentException(
          "found a histogram of digit %d; expected %d".formatted(part.leadingDigit, leadingDigit));
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += part.counts[i];
    }
  }

  long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** How many magnitudes have this digit. */
  long count(int digit) {
    return counts[digit];
  }

  /** How many digits there are. */
  int digits() {
    return counts.length;
  }

  /** The highest digit below this one that a magnitude has; -1 when none has. */
  int highestBelow(int digit) {
    int below = digit - 1;
    while (below >= 0 && counts[below] == 0) {
      below--;
    }
    return below;
  }

  /**
   * Where the magnitude of this rank is.
   *
   * @param rank 1 for the largest, at most {@link #total()}
   */
  Place placeOf(long rank) {
    long above = 0;
    for (int digit = counts.length - 1; digit >= 0; digit--) {
      if (above + counts[digit] >= rank) {
        return new Place(digit, above, counts[digit]);
      }
      above += counts[digit];
    }
    throw new IllegalArgumentException("found rank %d; expected 1 to %d".formatted(rank, above));
  }

  /**
   * A bucket.
   *
   * @param digit its digit
   * @param above how many magnitudes are in buckets above
   * @param count how many are in it
   */
  record Place(int digit, long above, long count) {}
}
