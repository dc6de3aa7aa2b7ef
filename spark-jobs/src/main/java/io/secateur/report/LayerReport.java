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
 * @param activationPercent share of non-zero activations leaving the layer, behind its ReLU and
 *     pool, 0 to 100
 * @param flopPercent share of the layer's operations that are left, 0 to 100: density x share of
 *     non-zero activations entering the layer, those of the examples taken for 100 %
 * @param encoding how the weights are stored: "dense", "relative-index/5"
 * @param bytes stored bytes of the layer's tensors, biases and headers included
 * @param kernel the kernel that ran the layer
 * @param kernelReason why that kernel
 * @param neuronsRemoved dead neurons or channels that the layer has lost
 * @param energyMicrojoules for one example, before any pruning and now; null when the operations
 *     are not known
 * @param histograms of its weights
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
    String kernelReason,
    int neuronsRemoved,
    Energy energyMicrojoules,
    WeightHistograms histograms) {

  /**
   * Microjoules for one example, by {@link EnergyTable}.
   *
   * @param dense of the layer before any pruning
   * @param pruned of the layer as it is
   */
  public record Energy(double dense, double pruned) {}

  /**
   * A layer as it is stored, without what only its training knows.
   *
   * @param threshold nullable: nothing was cut
   * @param flop nullable: an opaque layer
   * @throws IllegalArgumentException if surviving is not within [0, weights]
   */
  public static LayerReport stored(
      String name,
      String kind,
      long weights,
      long surviving,
      Double threshold,
      Long flop,
      String encoding,
      long bytes) {
    if (surviving < 0 || surviving > weights) {
      throw new IllegalArgumentException(name + ": " + surviving + " of " + weights + " weights");
    }
    double density = weights == 0 ? 0 : (double) surviving / weights;
    return new LayerReport(
        name, kind, weights, surviving, density, threshold, flop, null, null, encoding, bytes, null,
        null, 0, null, null);
  }
}
