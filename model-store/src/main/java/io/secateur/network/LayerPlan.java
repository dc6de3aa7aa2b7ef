package io.secateur.network;

/**
 * How a layer with weights is run.
 *
 * @param name of its node
 * @param kind dense or convolution
 * @param weights of the whole tensor
 * @param surviving those that are not zero
 * @param form never AUTO
 * @param bytes what its weights, their places and its biases take in memory
 */
public record LayerPlan(
    String name, NodeKind kind, long weights, long surviving, LayerForm form, long bytes) {
  /** Surviving weights over all, in [0, 1]. */
  public double density() {
    return (double) surviving / weights;
  }
}
