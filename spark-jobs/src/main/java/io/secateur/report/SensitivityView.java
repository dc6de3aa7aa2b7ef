package io.secateur.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The curves of a sweep for a terminal: the error at each level, and its shape in small bars. */
public final class SensitivityView {
  private static final double HIGHEST = 90;

  private SensitivityView() {}

  /** The lines; a row for each layer. */
  public static List<String> lines(SweepReport sweep) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "validation error %% of %,d rows with one layer pruned, %s: %.2f with none pruned",
            sweep.examples(),
            sweep.retrainEpochs() == null
                ? "the others as they are"
                : "then retrained (epochs: " + sweep.retrainEpochs() + ")",
            sweep.denseErrorPercent()));
    int levels = sweep.layers().stream().mapToInt(layer -> layer.points().size()).max().orElse(0);
    TextTable table = new TextTable().text("layer").text("curve");
    for (int level = 0; level < levels; level++) {
      table.number(heading(sweep, level));
    }
    for (SweepReport.Layer layer : sweep.layers()) {
      List<String> row = new ArrayList<>(List.of(layer.name(), bars(layer)));
      for (int level = 0; level < levels; level++) {
        row.add(
            level < layer.points().size()
                ? String.format(Locale.ROOT, "%.2f", layer.points().get(level).errorPercent())
                : null);
      }
      table.row(row.toArray(String[]::new));
    }
    lines.addAll(table.lines());
    return lines;
  }

  /**
   * The level's sparsity where all layers have the same to the last digit shown, else its place.
   */
  private static String heading(SweepReport sweep, int level) {
    List<String> names =
        sweep.layers().stream()
            .filter(layer -> level < layer.points().size())
            .map(layer -> String.format(Locale.ROOT, "%.2f", layer.points().get(level).sparsity()))
            .distinct()
            .toList();
    return names.size() == 1 ? names.get(0) : "level " + (level + 1);
  }

  private static String bars(SweepReport.Layer layer) {
    return Bars.of(layer.points().stream().mapToDouble(point -> point.errorPercent() / HIGHEST));
  }
}
