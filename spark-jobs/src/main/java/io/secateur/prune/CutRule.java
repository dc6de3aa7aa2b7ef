package io.secateur.prune;

import io.secateur.tensor.Mask;
import java.util.List;

/** A criterion resolved for one group of weights and one step: what stays. */
public sealed interface CutRule permits CutRule.KeepLargest, CutRule.KeepAbove {
  /**
   * Clears the bits of the weights that go.
   *
   * @return the threshold: every survivor of the ranges has |w| at or above it
   */
  double clear(float[] weights, SurvivorBits survivors, List<WeightRange> ranges);

  /**
   * What stays.
   *
   * @param survivors what may stay
   */
  default Result apply(float[] weights, Mask survivors, List<WeightRange> ranges) {
    SurvivorBits bits = SurvivorBits.of(survivors);
    double threshold = clear(weights, bits, ranges);
    return new Result(bits.toMask(), threshold);
  }

  /**
   * A cut that was made.
   *
   * @param mask what stays
   * @param threshold as {@link #clear} returns it
   */
  record Result(Mask mask, double threshold) {}

  /**
   * The rules of the layers one by one, when weights compete by their layer-adaptive scores.
   *
   * @return in the order of the ranges
   */
  List<CutRule> layerAdaptive(float[] weights, SurvivorBits survivors, List<WeightRange> ranges);

  /**
   * Keeps this many of the largest.
   *
   * @param keep K, 0 or more
   */
  record KeepLargest(long keep) implements CutRule {
    @Override
    public double clear(float[] weights, SurvivorBits survivors, List<WeightRange> ranges) {
      return ThresholdSelector.clearAllButLargest(weights, survivors, ranges, keep);
    }

    @Override
    public List<CutRule> layerAdaptive(
        float[] weights, SurvivorBits survivors, List<WeightRange> ranges) {
      return LayerAdaptiveBudgets.of(weights, survivors, ranges, keep).stream()
          .<CutRule>map(KeepLargest::new)
          .toList();
    }
  }

  /**
   * Keeps what lies strictly above.
   *
   * @param threshold t, 0 or more
   */
  record KeepAbove(double threshold) implements CutRule {
    @Override
    public double clear(float[] weights, SurvivorBits survivors, List<WeightRange> ranges) {
      new WeightChunks(weights, survivors, ranges).clearUpTo(threshold);
      return threshold;
    }

    @Override
    public List<CutRule> layerAdaptive(
        float[] weights, SurvivorBits survivors, List<WeightRange> ranges) {
      throw new IllegalStateException("found a threshold; expected a number of weights to keep");
    }
  }
}
