package io.secateur.report;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** The curves of a sweep as a picture, in the manner of the paper's figure 6. */
public final class SensitivityChart {
  private static final String NAME = "sensitivity";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final int DOTS_PER_INCH = 144;

  private SensitivityChart() {}

  /**
   * Writes {@code sensitivity.svg} and {@code sensitivity.png} into a folder that exists.
   *
   * @param model its name
   * @return the files
   * @throws JobFailedException when they can't be written
   */
  public static List<Path> write(Path out, String model, SweepReport sweep) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Sensitivity of the layers of " + model)
            .xAxisTitle("sparsity of the layer, %")
            .yAxisTitle("validation error, %")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    for (SweepReport.Layer layer : sweep.layers()) {
      chart.addSeries(
          layer.name(),
          layer.points().stream().mapToDouble(point -> 100 * point.sparsity()).toArray(),
          layer.points().stream().mapToDouble(SweepReport.Point::errorPercent).toArray());
    }
    Path svg = out.resolve(NAME + ".svg");
    Path png = out.resolve(NAME + ".png");
    try {
      VectorGraphicsEncoder.saveVectorGraphic(
          chart, svg.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
      BitmapEncoder.saveBitmapWithDPI(
          chart, png.toString(), BitmapEncoder.BitmapFormat.PNG, DOTS_PER_INCH);
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              "a chart that can't be written to " + out + " (" + e.getMessage() + ")",
              "a folder to write it to",
              "make it writable, or name another with --out"),
          e);
    }
    return List.of(svg, png);
  }
}
