package io.secateur.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A catalog for people: a ranked table, totals, and why models failed. */
public final class CatalogView {
  private static final int LONGEST = 60;

  private CatalogView() {}

  /** The lines. */
  public static List<String> lines(CatalogReport report) {
    TextTable table =
        new TextTable()
            .text("model", "total")
            .number("weights", count(report.weightsBefore()))
            .number("left", count(report.weightsAfter()))
            .number("weights x", times(report.weightsBefore(), report.weightsAfter()))
            .number("bytes", count(report.bytesBefore()))
            .number("stored", count(report.bytesAfter()))
            .number("bytes x", times(report.bytesBefore(), report.bytesAfter()))
            .number("error %")
            .number("after")
            .number("seconds", seconds(report.seconds()))
            .text("status");
    List<String> reasons = new ArrayList<>();
    for (CatalogReport.Model model : report.models()) {
      if (model.status() == CatalogReport.Status.FAILED) {
        table.row(
            shortened(model.model()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            seconds(model.seconds()),
            model.status().wireName());
        reasons.add(model.source() + ": " + model.reason());
      } else {
        table.row(row(model));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        "%d published, %d unchanged, %d failed"
            .formatted(report.published(), report.unchanged(), report.failed()));
    lines.addAll(reasons);
    return lines;
  }

  private static String[] row(CatalogReport.Model model) {
    return new String[] {
      shortened(model.model() + "@" + model.version()),
      count(model.weightsBefore()),
      count(model.weightsAfter()),
      times(model.weightsBefore(), model.weightsAfter()),
      count(model.bytesBefore()),
      count(model.bytesAfter()),
      times(model.bytesBefore(), model.bytesAfter()),
      percent(model.errorBefore()),
      percent(model.errorAfter()),
      seconds(model.seconds()),
      model.status().wireName()
    };
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String times(long before, long after) {
    return after == 0 ? null : String.format(Locale.ROOT, "%.1fx", (double) before / after);
  }

  private static String percent(Double value) {
    return value == null ? null : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
