package io.secateur.report;

import java.nio.file.Path;
import java.util.List;

/** The curves of a tradeoff as a picture, in the manner of the paper's figure 5. */
public final class TradeoffChart {
  /** Many times the smallest error, the curves that are not retrained go through the ceiling. */
  private static final double CEILING = 6;

  private TradeoffChart() {}

  /**
   * Writes {@code tradeoff.svg} and {@code tradeoff.png} into a folder that exists.
   *
   * @param model its name
   * @return the files
   * @throws io.secateur.error.JobFailedException when they can't be written
   */
  public static List<Path> write(Path out, String model, TradeoffReport tradeoff) {
    double smallest =
        tradeoff.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(TradeoffReport.Point::errorPercent)
            .filter(error -> error > 0)
            .min()
            .orElse(100 / CEILING);
    LineChart chart =
        new LineChart(
                "Error against weights of " + model,
                "weights pruned away, %",
                "validation error, %")
            .upTo(Math.min(100, CEILING * smallest));
    for (TradeoffReport.Curve curve : tradeoff.curves()) {
      chart.add(
          curve.variant(),
          curve.points().stream()
              .mapToDouble(point -> 100 - 100.0 * point.weights() / tradeoff.weights())
              .toArray(),
          curve.points().stream().mapToDouble(TradeoffReport.Point::errorPercent).toArray());
    }
    return chart.write(out, "tradeoff");
  }
}
