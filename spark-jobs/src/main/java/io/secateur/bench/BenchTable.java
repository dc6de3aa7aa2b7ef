package io.secateur.bench;

import io.secateur.report.TextTable;
import java.util.List;
import java.util.Locale;

/** The rows of a bench for people: ours, and under it each baseline with its ratio. */
public final class BenchTable {
  private BenchTable() {}

  /** The table's lines. */
  public static List<String> lines(List<BenchRow> rows) {
    TextTable table =
        new TextTable()
            .text("figure")
            .number("median")
            .text("unit")
            .number("min")
            .number("max")
            .number("ours is better");
    for (BenchRow row : rows) {
      table.row(
          row.name(), digits(row.value()), row.unit(), digits(row.min()), digits(row.max()), null);
      row.baselines().forEach(baseline -> addBaseline(table, baseline));
    }
    return table.lines();
  }

  private static void addBaseline(TextTable table, Baseline baseline) {
    if (baseline.skipped() == null) {
      String ratio = String.format(Locale.ROOT, "%.2fx", baseline.ratio());
      table.row("  " + baseline.name(), digits(baseline.value()), null, null, null, ratio);
    } else {
      table.row("  " + baseline.name(), null, "skipped: " + baseline.skipped(), null, null, null);
    }
  }

  /** As in {@code 1.25 s} or {@code 31.4 us}. */
  static String seconds(double seconds) {
    return seconds < 0.01 ? digits(seconds * 1e6) + " us" : digits(seconds) + " s";
  }

  /** Three significant digits, or all of them before the point. */
  static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
