package io.secateur.train.engine;

import io.secateur.config.LayerKernel;
import java.util.Map;

/**
 * Which kernel runs each layer.
 *
 * @param decisions by the layer's name
 */
public record KernelPlan(Map<String, Decision> decisions) {
  /**
   * A kernel and why it.
   *
   * @param reason in a few words
   */
  public record Decision(LayerKernel kernel, String reason) {}

  public KernelPlan {
    decisions = Map.copyOf(decisions);
  }

  /**
   * The decision for a layer.
   *
   * @throws IllegalArgumentException when it has no weights
   */
  public Decision of(String layer) {
    Decision decision = decisions.get(layer);
    if (decision == null) {
      throw new IllegalArgumentException("no layer with weights: " + layer);
    }
    return decision;
  }
}
