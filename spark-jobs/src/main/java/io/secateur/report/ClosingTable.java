package io.secateur.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a job shows at its end: a row per layer as in the tables of Han et al. 2015, and what was
 * gained in three lines (weights, bytes, error).
 */
public final class ClosingTable {
  private ClosingTable() {}

  /** The table's and the summary's lines; as much of them as the result knows. */
  public static List<String> lines(JobResult result) {
    List<String> lines = new ArrayList<>(table(result.layers()));
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(summary(result));
    return lines;
  }

  /** One row per layer and the total; empty without layers. */
  public static List<String> table(List<LayerReport> layers) {
    if (layers.isEmpty()) {
      return List.of();
    }
    long weights = layers.stream().mapToLong(LayerReport::weights).sum();
    long surviving = layers.stream().mapToLong(LayerReport::surviving).sum();
    String bytes =
        layers.stream().map(LayerReport::bytes).anyMatch(Objects::isNull)
            ? ""
            : Figures.count(layers.stream().mapToLong(LayerReport::bytes).sum());
    String density = weights == 0 ? "" : Figures.percentDigits(100.0 * surviving / weights);
    TextTable table =
        new TextTable()
            .text("layer", "total")
            .number("weights", Figures.count(weights))
            .number("surviving", Figures.count(surviving))
            .number("density %", density)
            .number("threshold")
            .text("encoding")
            .number("bytes", bytes);
    layers.forEach(layer -> addRow(table, layer));
    return table.lines();
  }

  /** Weights, bytes, error; only what is known. */
  public static List<String> summary(JobResult result) {
    List<String> lines = new ArrayList<>();
    JobResult.Compression compression = result.compression();
    if (compression != null && result.pruned() != null) {
      long before = result.layers().stream().mapToLong(LayerReport::weights).sum();
      lines.add(
          "weights  "
              + Figures.times(compression.weights())
              + arrow(Figures.count(before), Figures.count(result.pruned().weights())));
    }
    if (compression != null && result.bytes() != null) {
      lines.add(
          "bytes    "
              + Figures.times(compression.bytes())
              + arrow(
                  Figures.count(result.bytes().dense()), Figures.count(result.bytes().stored())));
    }
    String error = error(result);
    if (!error.isEmpty()) {
      lines.add("error    " + error);
    }
    return lines;
  }

  private static String arrow(String before, String after) {
    return "  (" + before + " -> " + after + ")";
  }

  private static String error(JobResult result) {
    String dense =
        result.dense() == null || result.dense().testErrorPercent() == null
            ? ""
            : Figures.percent(result.dense().testErrorPercent());
    if (result.pruned() == null) {
      return dense;
    }
    String pruned = Figures.percent(result.pruned().testErrorPercent());
    return dense.isEmpty() ? pruned : dense + " -> " + pruned;
  }

  private static void addRow(TextTable table, LayerReport layer) {
    table.row(
        layer.name(),
        Figures.count(layer.weights()),
        Figures.count(layer.surviving()),
        Figures.percentDigits(100 * layer.density()),
        layer.threshold() == null ? null : Figures.threshold(layer.threshold()),
        layer.encoding(),
        layer.bytes() == null ? null : Figures.count(layer.bytes()));
  }
}
