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

/** Curves as a picture. */
final class LineChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final int DOTS_PER_INCH = 144;

  private final XYChart chart;

  LineChart(String title, String x, String y) {
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
  }

  /** Cuts the picture off at the top. */
  LineChart upTo(double highest) {
    chart.getStyler().setYAxisMax(highest);
    return this;
  }

  void add(String name, double[] x, double[] y) {
    chart.addSeries(name, x, y);
  }

  /**
   * Writes {@code <name>.svg} and {@code <name>.png} into a folder that exists.
   *
   * @return the files
   * @throws JobFailedException when they can't be written
   */
  List<Path> write(Path out, String name) {
    Path svg = out.resolve(name + ".svg");
    Path png = out.resolve(name + ".png");
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
