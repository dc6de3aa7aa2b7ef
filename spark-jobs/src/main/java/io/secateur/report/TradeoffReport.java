package io.secateur.report;

import java.util.List;

/**
 * Curves of error against weights.
 *
 * @param examples validation rows
 * @param weights prunable weights before any pruning
 * @param resumedPoints those that an earlier run of the job has measured
 * @param seconds of this run
 * @param curves one for each variant, in the order of the job file
 */
public record TradeoffReport(
    long examples, long weights, int resumedPoints, double seconds, List<Curve> curves) {
  /** Copies the list. */
  public TradeoffReport {
    curves = List.copyOf(curves);
  }

  /**
   * One way to prune.
   *
   * @param variant as the job file has it
   * @param points by ascending sparsity, the dense network first
   */
  public record Curve(String variant, List<Point> points) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A network on the way.
   *
   * @param sparsity it was cut to, 0 to 1
   * @param weights that are left
   * @param errors wrong answers
   * @param errorPercent of the validation rows
   */
  public record Point(double sparsity, long weights, long errors, double errorPercent) {}
}
