package io.secateur.config;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NodeKind;
import io.secateur.prune.PruningCriterion;
import io.secateur.prune.PruningScope;
import java.util.Optional;

/**
 * What becomes of the layers that a rule of a catalog's policy fits.
 *
 * @param model a glob that the model's name matches
 * @param layer a glob that the layer's name matches
 * @param kind the layer's kind; empty for any
 * @param from the fewest prunable weights of the layer
 * @param to the most
 * @param scope whether the layers of a model that this rule decides compete with each other
 * @param criterion how much goes
 * @param encoding how the layer's tensors are stored
 */
public record LayerRule(
    String model,
    String layer,
    Optional<NodeKind> kind,
    long from,
    long to,
    PruningScope scope,
    PruningCriterion criterion,
    EncodingPolicy encoding) {
  /** Whether the rule is for this layer. */
  public boolean fits(String modelName, String layerName, NodeKind layerKind, long weights) {
    return Globs.matches(model, modelName)
        && Globs.matches(layer, layerName)
        && (kind.isEmpty() || kind.get() == layerKind)
        && from <= weights
        && weights <= to;
  }
}
