package io.secateur.prune;

/**
 * The place in the order of magnitudes at which a cut is made.
 *
 * @param magnitude the bits of the K-th largest |w|: all above it stay
 * @param ties how many of those that equal it stay, the first by global index
 * @param highestCut the bits of the largest |w| that goes
 */
record Cutoff(int magnitude, long ties, int highestCut) {
  /**
   * Finds the cutoff that leaves {@code keep} weights: one pass that counts by the leading digit,
   * one by the trailing digit of those that share the leading digit of rank K; a third when nothing
   * below the cutoff shares it.
   *
   * @param leading of all that are ranked
   * @param keep K, from 1 to one less than are ranked
   * @param pass counts all that are ranked into an empty histogram
   */
  static Cutoff find(MagnitudeHistogram leading, long keep, Pass pass) {
    MagnitudeHistogram.Place high = leading.placeOf(keep);
    MagnitudeHistogram trailing = pass.trailing(high.digit());
    MagnitudeHistogram.Place low = trailing.placeOf(keep - high.above());
    long ties = keep - high.above() - low.above();
    int magnitude = MagnitudeHistogram.magnitude(high.digit(), low.digit());
    if (ties < low.count()) {
      return new Cutoff(magnitude, ties, magnitude);
    }
    int below = trailing.highestBelow(low.digit());
    if (below >= 0) {
      return new Cutoff(magnitude, ties, MagnitudeHistogram.magnitude(high.digit(), below));
    }
    return new Cutoff(magnitude, ties, highestBelow(high.digit(), leading, pass));
  }

  /** The bits of the largest |w|. */
  static int highest(MagnitudeHistogram leading, Pass pass) {
    return highestBelow(leading.digits(), leading, pass);
  }

  private static int highestBelow(int digit, MagnitudeHistogram leading, Pass pass) {
    int lower = leading.highestBelow(digit);
    MagnitudeHistogram trailing = pass.trailing(lower);
    return MagnitudeHistogram.magnitude(lower, trailing.highestBelow(trailing.digits()));
  }

  /** A pass over everything that is ranked, wherever it lies. */
  interface Pass {
    /** Counts the magnitudes of this leading digit by their trailing digit. */
    MagnitudeHistogram trailing(int leadingDigit);
  }
}
