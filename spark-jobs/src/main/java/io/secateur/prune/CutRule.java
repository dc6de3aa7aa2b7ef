package io.secateur.prune;

import java.util.List;

/** A criterion resolved for one group of weights and one step: what stays. */
public sealed interface CutRule permits CutRule.KeepLargest, CutRule.KeepAbove {
  /**
   * Clears the bits of the weights that go.
   *
   * @return the threshold: every survivor of the ranges has |w| at or above it
   */
  double clear(float[] weights, byte[] bitmap, List<WeightRange> ranges);

  /**
   * Keeps this many of the largest.
   *
   * @param keep K, 0 or more
   */
  record KeepLargest(long keep) implements CutRule {
    @Override
    public double clear(float[] weights, byte[] bitmap, List<WeightRange> ranges) {
      return ThresholdSelector.clearAllButLargest(weights, bitmap, ranges, keep);
    }
  }

  /**
   * Keeps what lies strictly above.
   *
   * @param threshold t, 0 or more
   */
  record KeepAbove(double threshold) implements CutRule {
    @Override
    public double clear(float[] weights, byte[] bitmap, List<WeightRange> ranges) {
      ThresholdSelector.clearUpTo(weights, bitmap, ranges, threshold);
      return threshold;
    }
  }
}
