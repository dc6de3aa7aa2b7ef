package io.secateur.report;

import java.nio.file.Path;
import java.util.List;

/** The curves of a sweep as a picture, in the manner of the paper's figure 6. */
public final class SensitivityChart {
  private SensitivityChart() {}

  /**
   * Writes {@code sensitivity.svg} and {@code sensitivity.png} into a folder that exists.
   *
   * @param model its name
   * @return the files
   * @throws io.secateur.error.JobFailedException when they can't be written
   */
  public static List<Path> write(Path out, String model, SweepReport sweep) {
    LineChart chart =
        new LineChart(
            "Sensitivity of the layers of " + model,
            "sparsity of the layer, %",
            "validation error, %");
    for (SweepReport.Layer layer : sweep.layers()) {
      chart.add(
          layer.name(),
          layer.points().stream().mapToDouble(point -> 100 * point.sparsity()).toArray(),
          layer.points().stream().mapToDouble(SweepReport.Point::errorPercent).toArray());
    }
    return chart.write(out, "sensitivity");
  }
}
