package io.secateur.prune;

import java.util.stream.IntStream;

/**
 * Counts of magnitudes by leading digit with the exact sums of their squares.
 *
 * <p>Weights of one leading digit share their exponent, and are an integer H 2^16 + L times a power
 * of two, H common to all of them and L the trailing digit: sums of L and of L^2 are all that the
 * sum of their squares needs, and fit into 64 bits for up to 2^31 weights.
 */
final class MagnitudeSquares {
  private final MagnitudeHistogram counts = MagnitudeHistogram.byLeadingDigit();
  private final long[] sums = new long[MagnitudeHistogram.LEADING_DIGITS];
  private final long[] sumsOfSquares = new long[MagnitudeHistogram.LEADING_DIGITS];

  /** Counts the weights of a range that survive. */
  void add(float[] weights, SurvivorBits survivors, WeightRange range) {
    counts.add(weights, survivors, range);
    int lastWord = (range.to() - 1) >>> 6;
    for (int word = range.from() >>> 6; word <= lastWord; word++) {
      long bits = survivors.in(word, range.from(), range.to());
      for (; bits != 0; bits &= bits - 1) {
        int i = (word << 6) + Long.numberOfTrailingZeros(bits);
        int magnitude = MagnitudeHistogram.magnitude(weights[i]);
        long low = MagnitudeHistogram.trailingDigit(magnitude);
        int digit = MagnitudeHistogram.leadingDigit(magnitude);
        sums[digit] += low;
        sumsOfSquares[digit] += low * low;
      }
    }
  }

  /** Adds another part. */
  void merge(MagnitudeSquares part) {
    counts.merge(part.counts);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += part.sums[i];
      sumsOfSquares[i] += part.sumsOfSquares[i];
    }
  }

  /** The digits that there are. */
  int[] digitsDescending() {
    return IntStream.iterate(
            counts.highestBelow(counts.digits()), digit -> digit >= 0, counts::highestBelow)
        .toArray();
  }

  long count(int digit) {
    return counts.count(digit);
  }

  /** The sum of the squares of the weights of a digit. */
  double squares(int digit) {
    double lowest = Float.intBitsToFloat(MagnitudeHistogram.magnitude(digit, 0));
    double unit = (double) Float.intBitsToFloat(MagnitudeHistogram.magnitude(digit, 1)) - lowest;
    return counts.count(digit) * lowest * lowest
        + 2 * lowest * unit * sums[digit]
        + unit * unit * sumsOfSquares[digit];
  }
}
