package io.secateur.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The curves of a tradeoff for a terminal: the error at each point, and its shape in small bars.
 */
public final class TradeoffView {
  private static final double HIGHEST = 10;

  private TradeoffView() {}

  /** The lines; a row for each variant. */
  public static List<String> lines(TradeoffReport tradeoff) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "validation error %% of %,d rows by the share of %,d weights pruned away (bars up to"
                + " %.0f %%)",
            tradeoff.examples(),
            tradeoff.weights(),
            HIGHEST));
    TextTable table = new TextTable().text("variant").text("curve");
    for (TradeoffReport.Point point : tradeoff.curves().get(0).points()) {
      table.number(String.format(Locale.ROOT, "%.3f", point.sparsity()).replaceAll("0$", ""));
    }
    for (TradeoffReport.Curve curve : tradeoff.curves()) {
      List<String> row = new ArrayList<>();
      row.add(curve.variant());
      row.add(
          Bars.of(curve.points().stream().mapToDouble(point -> point.errorPercent() / HIGHEST)));
      for (TradeoffReport.Point point : curve.points()) {
        row.add(String.format(Locale.ROOT, "%.2f", point.errorPercent()));
      }
      table.row(row.toArray(String[]::new));
    }
    lines.addAll(table.lines());
    return lines;
  }
}
