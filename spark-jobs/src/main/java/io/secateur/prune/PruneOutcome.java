package io.secateur.prune;

import io.secateur.tensor.Mask;
import java.util.List;

/**
 * The result of one cut.
 *
 * @param mask what survives; a subset of the mask before
 * @param layers in canonical order
 */
public record PruneOutcome(Mask mask, List<LayerOutcome> layers) {
  /** Copies the list. */
  public PruneOutcome {
    layers = List.copyOf(layers);
  }

  /** Share of zeros among the weights of all layers before any pruning, in [0, 1]. */
  public double sparsity() {
    long weights = layers.stream().mapToLong(LayerOutcome::weights).sum();
    long surviving = layers.stream().mapToLong(LayerOutcome::surviving).sum();
    return weights == 0 ? 0 : 1 - (double) surviving / weights;
  }
}
