package io.secateur.prune;

import java.util.List;

/**
 * Weights that compete with each other: those of one layer, or of all layers in scope.
 *
 * @param name the layer, or {@code ""} for all layers
 * @param ranges where they are, ascending
 * @param weightsBeforePruning n, prunable weights before any pruning
 * @param sigma sigma_0 of the layer; NaN for all layers together, where it has no meaning
 */
public record WeightGroup(
    String name, List<WeightRange> ranges, long weightsBeforePruning, double sigma) {
  /** Copies the list. */
  public WeightGroup {
    ranges = List.copyOf(ranges);
  }
}
