package io.secateur.report;

/**
 * A layer's row in {@code result.json}. What does not apply, or was not measured, is null.
 *
 * @param name the layer
 * @param kind its kind as written in manifests, "dense" or "convolution"
 * @param weights prunable weights before any pruning
 * @param surviving those that are left
 * @param density surviving / weights, 0 to 1
 * @param threshold the largest |w| that was cut, or the threshold the criterion gave; null when
 *     nothing was cut
 * @param flop 2 x multiply-accumulates of one example, biases left out; null for opaque layers
 * @param activationPercent share of non-zero activations leaving the layer, 0 to 100
 * @param flopPercent share of the layer's operations that are left, 0 to 100
 * @param encoding how the weights are stored: "dense", "relative-index/5"
 * @param bytes stored bytes of the layer's tensors, biases and headers included
 * @param kernel the kernel that ran the layer
 * @param kernelReason why that kernel
 */
public record LayerReport(
    String name,
    String kind,
    long weights,
    long surviving,
    double density,
    Double threshold,
    Long flop,
    Double activationPercent,
    Double flopPercent,
    String encoding,
    Long bytes,
    String kernel,
    String kernelReason) {

  /**
   * A layer of which only its weights are known so far: density is computed, the rest is null.
   *
   * @throws IllegalArgumentException if surviving is not within [0, weights]
   */
  public static LayerReport of(String name, String kind, long weights, long surviving) {
    if (surviving < 0 || surviving > weights) {
      throw new IllegalArgumentException(name + ": " + surviving + " of " + weights + " weights");
    }
    double density = weights == 0 ? 0 : (double) surviving / weights;
    return new LayerReport(
        name, kind, weights, surviving, density, null, null, null, null, null, null, null, null);
  }

  /** This layer with its threshold (nullable). */
  public LayerReport withThreshold(Double value) {
    return new LayerReport(
        name,
        kind,
        weights,
        surviving,
        density,
        value,
        flop,
        activationPercent,
        flopPercent,
        encoding,
        bytes,
        kernel,
        kernelReason);
  }

  /** This layer with its operations of one example (nullable). */
  public LayerReport withFlop(Long value) {
    return new LayerReport(
        name,
        kind,
        weights,
        surviving,
        density,
        threshold,
        value,
        activationPercent,
        flopPercent,
        encoding,
        bytes,
        kernel,
        kernelReason);
  }

  /** This layer as it is stored: the encoding of its weights and the bytes of its tensors. */
  public LayerReport withStorage(String storedAs, long storedBytes) {
    return new LayerReport(
        name,
        kind,
        weights,
        surviving,
        density,
        threshold,
        flop,
        activationPercent,
        flopPercent,
        storedAs,
        storedBytes,
        kernel,
        kernelReason);
  }
}
