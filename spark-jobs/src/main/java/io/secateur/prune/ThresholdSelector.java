package io.secateur.prune;

import io.secateur.tensor.Mask;
import java.util.List;

/**
 * Exact selection of the weights that stay, by magnitude.
 *
 * <p>Two histograms of bit-pattern digits find the magnitude of rank K among the survivors in two
 * passes, without sorting and without copying weights; all above it stay, then ties by ascending
 * global index until K is reached. Only survivors are ranked, so the result is a subset of them. A
 * survivor that has become zero ranks last. Weights must be finite; {@link Pruner} checks it.
 */
public final class ThresholdSelector {
  private ThresholdSelector() {}

  /**
   * The {@code keep} largest survivors of the ranges; survivors elsewhere stay.
   *
   * @param weights by global index
   * @param survivors what is ranked, of the same length
   * @param ranges weights that compete with each other
   * @param keep K, 0 or more; when it is no less than the survivors, nothing is cut
   */
  public static Mask keepLargest(
      float[] weights, Mask survivors, List<WeightRange> ranges, long keep) {
    SurvivorBits bits = bits(weights, survivors);
    clearAllButLargest(weights, bits, ranges, keep);
    return bits.toMask();
  }

  /**
   * The survivors of the ranges with |w| &gt; threshold; survivors elsewhere stay.
   *
   * @param weights by global index
   * @param survivors what is compared, of the same length
   * @param ranges weights in question
   * @param threshold 0 or more; at 0 only zeros go
   */
  public static Mask keepAbove(
      float[] weights, Mask survivors, List<WeightRange> ranges, double threshold) {
    SurvivorBits bits = bits(weights, survivors);
    new WeightChunks(weights, bits, ranges).clearUpTo(threshold);
    return bits.toMask();
  }

  private static SurvivorBits bits(float[] weights, Mask survivors) {
    if (weights.length != survivors.length()) {
      throw new IllegalArgumentException(
          "found %d weights and a mask of %d; expected the same number"
              .formatted(weights.length, survivors.length()));
    }
    return SurvivorBits.of(survivors);
  }

  /** Returns the largest |w| that was cut, 0 when none was. */
  static double clearAllButLargest(
      float[] weights, SurvivorBits survivors, List<WeightRange> ranges, long keep) {
    if (keep < 0) {
      throw new IllegalArgumentException("found keep %d; expected 0 or more".formatted(keep));
    }
    WeightChunks chunks = new WeightChunks(weights, survivors, ranges);
    MagnitudeHistogram leading = chunks.count(MagnitudeHistogram::byLeadingDigit);
    if (keep >= leading.total()) {
      return 0;
    }
    Cutoff.Pass pass = digit -> chunks.count(() -> MagnitudeHistogram.byTrailingDigitOf(digit));
    if (keep == 0) {
      chunks.clearAll();
      return Float.intBitsToFloat(Cutoff.highest(leading, pass));
    }
    Cutoff cutoff = Cutoff.find(leading, keep, pass);
    chunks.clear(cutoff);
    return Float.intBitsToFloat(cutoff.highestCut());
  }
}
