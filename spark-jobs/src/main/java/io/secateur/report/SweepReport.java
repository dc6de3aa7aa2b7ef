package io.secateur.report;

import java.util.List;

/**
 * What a sensitivity sweep has found, and the plan that was made of it.
 *
 * @param cells layers times levels, the network as it is counted for each layer
 * @param resumedCells those of them that an earlier run of the job has measured
 * @param examples validation rows
 * @param denseErrorPercent of the network as it is, on those rows
 * @param retrainEpochs that each cell was retrained for before it was measured; null for none
 * @param seconds of this run
 * @param layers in canonical order
 * @param plan null when none was asked for
 */
public record SweepReport(
    int cells,
    int resumedCells,
    long examples,
    double denseErrorPercent,
    Integer retrainEpochs,
    double seconds,
    List<Layer> layers,
    Plan plan) {
  /** Copies the list. */
  public SweepReport {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param weights before any pruning
   * @param sigma standard deviation of its weights before the sweep
   * @param min the smallest weight
   * @param max the largest weight
   * @param medianMagnitude the |w| that half of the weights do not exceed, to 1 part in 128
   * @param points by ascending sparsity
   */
  public record Layer(
      String name,
      long weights,
      double sigma,
      double min,
      double max,
      double medianMagnitude,
      List<Point> points) {
    /** Copies the list. */
    public Layer {
      points = List.copyOf(points);
    }
  }

  /**
   * One layer at one level.
   *
   * @param sparsity of the layer
   * @param threshold the largest |w| cut, or the t of a quality parameter
   * @param errors wrong answers
   */
  public record Point(double sparsity, double threshold, long errors, double errorPercent) {}

  /**
   * A sparsity for each layer.
   *
   * @param method how it was found, with its source
   * @param target as the job file has it
   * @param sparsity of all layers together
   * @param promisedErrorPercent validation error if the layers' added errors add up
   * @param measuredErrorPercent validation error right after the cut
   * @param layers in canonical order
   */
  public record Plan(
      String method,
      String target,
      double sparsity,
      double promisedErrorPercent,
      double measuredErrorPercent,
      List<PlannedLayer> layers) {
    /** Copies the list. */
    public Plan {
      layers = List.copyOf(layers);
    }
  }

  /** What a plan has for a layer. */
  public record PlannedLayer(String name, double sparsity) {}

  /** The same with a plan. */
  public SweepReport with(Plan made) {
    return new SweepReport(
        cells, resumedCells, examples, denseErrorPercent, retrainEpochs, seconds, layers, made);
  }
}
