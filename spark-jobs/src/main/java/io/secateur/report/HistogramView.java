package io.secateur.report;

import java.util.List;
import java.util.Locale;

/** How a network's weights are spread, for a terminal: a line of small bars for each histogram. */
public final class HistogramView {
  private HistogramView() {}

  /** The lines; those of the layers whose histograms are known. */
  public static List<String> lines(List<LayerReport> layers) {
    TextTable table =
        new TextTable()
            .text("layer")
            .text("weights that are not zero")
            .number("how many")
            .number("from")
            .text("spread")
            .number("to");
    for (LayerReport layer : layers) {
      WeightHistograms spread = layer.histograms();
      if (spread != null) {
        add(table, layer.name(), "before pruning", spread.beforePruning());
        add(table, layer.name(), "after pruning", spread.afterPruning());
        add(table, layer.name(), "after retraining", spread.afterRetraining());
      }
    }
    return table.lines();
  }

  private static void add(TextTable table, String layer, String when, WeightHistogram histogram) {
    if (histogram == null) {
      return;
    }
    double most = histogram.counts().stream().mapToLong(Long::longValue).max().orElse(1);
    table.row(
        layer,
        when,
        Figures.count(histogram.weights()),
        String.format(Locale.ROOT, "%.3f", histogram.min()),
        Bars.of(histogram.counts().stream().mapToDouble(count -> count / most)),
        String.format(Locale.ROOT, "%.3f", histogram.max()));
  }
}
