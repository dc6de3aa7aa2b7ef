package io.secateur.sensitivity;

/**
 * One layer at one level.
 *
 * @param sparsity share of the layer's weights before any pruning that are gone, 0 to 1
 * @param threshold the t of a quality parameter, or the largest |w| that was cut; 0 when none was
 * @param examples validation rows
 * @param errors of them that the network with this layer cut gets wrong
 */
public record SensitivityPoint(double sparsity, double threshold, long examples, long errors) {
  /** Wrong answers, in percent. */
  public double errorPercent() {
    return 100.0 * errors / examples;
  }
}
