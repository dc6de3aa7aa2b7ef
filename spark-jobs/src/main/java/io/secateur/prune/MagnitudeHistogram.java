package io.secateur.prune;

/**
 * Counts of magnitudes by bit pattern: one of the two digits of a radix selection.
 *
 * <p>The bit patterns of non-negative floats sort as integers sort, subnormals included, so a
 * magnitude is the 31 bits below the sign: a leading digit of 15 bits and a trailing digit of 16.
 * -0 counts as 0. Histograms of parts merge into that of the whole, whatever the order.
 */
final class MagnitudeHistogram {
  private static final int TRAILING_BITS = 16;

  private final int leadingDigit;
  private final long[] counts;

  private MagnitudeHistogram(int leadingDigit, int buckets) {
    this.leadingDigit = leadingDigit;
    this.counts = new long[buckets];
  }

  /** Counts every magnitude by its leading digit. */
  static MagnitudeHistogram byLeadingDigit() {
    return new MagnitudeHistogram(-1, 1 << (31 - TRAILING_BITS));
  }

  /** Counts the magnitudes that have this leading digit by their trailing digit. */
  static MagnitudeHistogram byTrailingDigitOf(int leadingDigit) {
    return new MagnitudeHistogram(leadingDigit, 1 << TRAILING_BITS);
  }

  /** The 31 bits of |w|. */
  static int magnitude(float weight) {
    return Float.floatToRawIntBits(weight) & 0x7fffffff;
  }

  /** Counts the weights of a range whose bit is set. */
  void addSurvivors(float[] weights, byte[] bitmap, WeightRange range) {
    if (leadingDigit < 0) {
      for (int i = range.from(); i < range.to(); i++) {
        if (Bitmaps.get(bitmap, i)) {
          counts[magnitude(weights[i]) >>> TRAILING_BITS]++;
        }
      }
    } else {
      for (int i = range.from(); i < range.to(); i++) {
        int magnitude = magnitude(weights[i]);
        if (magnitude >>> TRAILING_BITS == leadingDigit && Bitmaps.get(bitmap, i)) {
          counts[magnitude & 0xffff]++;
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
