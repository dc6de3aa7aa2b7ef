package io.secateur.sensitivity;

import io.secateur.prune.WeightStatistics;
import java.util.Comparator;
import java.util.List;

/**
 * What pruning one layer alone does to the network.
 *
 * @param layer its name
 * @param weights n, before any pruning
 * @param statistics of its weights before the sweep
 * @param points by ascending sparsity, one or more
 */
public record SensitivityCurve(
    String layer, long weights, WeightStatistics statistics, List<SensitivityPoint> points) {
  /** Sorts the points. */
  public SensitivityCurve {
    points =
        points.stream().sorted(Comparator.comparingDouble(SensitivityPoint::sparsity)).toList();
  }

  /** Weights of the layer that were gone when the sweep began; they never come back. */
  long prunedBefore() {
    return Math.round(points.get(0).sparsity() * weights);
  }
}
