package io.secateur.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many weights each layer keeps under layer-adaptive magnitude pruning: the K with the largest
 * scores of all layers, where a weight's score is its square over the sum of the squares of those
 * of its layer that are no smaller (Lee, Park, Mo, Ahn, Shin 2021, "Layer-adaptive sparsity for the
 * magnitude-based pruning", arXiv:2010.07611). The largest weight of a layer has the score 1, so K
 * being at least the number of layers, no layer is emptied.
 *
 * <p>Where the paper leaves open what equal weights get, they are taken by ascending index, as
 * everywhere here; equal scores of several layers by ascending global index. Scores are compared in
 * double precision. Within a layer scores order weights as magnitudes do, so the cut itself is by
 * magnitude.
 */
final class LayerAdaptiveBudgets {
  private LayerAdaptiveBudgets() {}

  /**
   * K of each layer.
   *
   * @param ranges the layers, in any order
   * @param keep K of all layers together, 0 or more
   * @return in the order of the ranges
   */
  static List<Long> of(
      float[] weights, SurvivorBits survivors, List<WeightRange> ranges, long keep) {
    List<LayerScores> layers = new ArrayList<>();
    for (WeightRange range : ranges) {
      WeightChunks chunks = new WeightChunks(weights, survivors, List.of(range));
      layers.add(
          new LayerScores(
              chunks.squares(),
              digit -> chunks.count(() -> MagnitudeHistogram.byTrailingDigitOf(digit))));
    }
    long total = layers.stream().mapToLong(LayerScores::total).sum();
    double score = scoreOfRank(layers, Math.min(keep, total));
    long[] budgets =
        layers.stream().mapToLong(layer -> layer.reaching(Math.nextUp(score))).toArray();
    fill(budgets, layers, ranges, score, keep);
    return Arrays.stream(budgets).boxed().toList();
  }

  /** The largest score that at least so many weights reach; 0 when zeros are among them. */
  private static double scoreOfRank(List<LayerScores> layers, long rank) {
    // scores are in (0, 1], and their bit patterns ascend with them
    long reached = 0;
    long missed = Double.doubleToRawLongBits(Math.nextUp(1.0));
    while (missed - reached > 1) {
      long middle = (reached + missed) >>> 1;
      double score = Double.longBitsToDouble(middle);
      if (isReached(layers, score, rank)) {
        reached = middle;
      } else {
        missed = middle;
      }
    }
    return Double.longBitsToDouble(reached);
  }

  private static boolean isReached(List<LayerScores> layers, double score, long rank) {
    if (layers.stream().mapToLong(layer -> layer.certainlyReaching(score)).sum() >= rank) {
      return true;
    }
    return layers.stream().mapToLong(layer -> layer.possiblyReaching(score)).sum() >= rank
        && layers.stream().mapToLong(layer -> layer.reaching(score)).sum() >= rank;
  }

  /** Gives what is left of K to the weights of exactly this score, by ascending index. */
  private static void fill(
      long[] budgets, List<LayerScores> layers, List<WeightRange> ranges, double score, long keep) {
    long left = keep - Arrays.stream(budgets).sum();
    for (WeightRange range : WeightRange.ascending(ranges)) {
      int layer = ranges.indexOf(range);
      LayerScores scores = layers.get(layer);
      long candidates = (score > 0 ? scores.reaching(score) : scores.total()) - budgets[layer];
      long more = Math.min(left, candidates);
      budgets[layer] += more;
      left -= more;
    }
  }
}
