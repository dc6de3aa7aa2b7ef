package io.secateur.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The points of a tradeoff as {@code tradeoff.csv}: a line for each that is measured, in the order
 * of variants and sparsities whatever the order in which they came. Safe for use by several
 * threads.
 */
public final class TradeoffTable {
  /** The file's name. */
  public static final String FILE = "tradeoff.csv";

  private static final String HEADER = "variant,sparsity,weights,examples,errors,errorPercent";

  private final List<String> order;
  private final long examples;
  private final Map<String, TradeoffReport.Point> points = new LinkedHashMap<>();

  /**
   * No point is measured.
   *
   * @param order of the lines, as {@link #key} makes them
   * @param examples validation rows
   */
  public TradeoffTable(List<String> order, long examples) {
    this.order = List.copyOf(order);
    this.examples = examples;
  }

  /** What tells a point from others. */
  public static String key(String variant, String sparsity) {
    return variant + "," + sparsity;
  }

  /**
   * Takes in what an earlier run has written; lines that are none of this table are passed over.
   */
  public synchronized void addAll(byte[] csv) {
    for (String line : new String(csv, StandardCharsets.UTF_8).lines().toList()) {
      String[] fields = line.split(",", -1);
      if (fields.length == 6 && order.contains(key(fields[0], fields[1]))) {
        put(
            key(fields[0], fields[1]),
            Double.parseDouble(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[4]));
      }
    }
  }

  /** Adds a point. */
  public synchronized void put(String key, double sparsity, long weights, long errors) {
    points.put(key, new TradeoffReport.Point(sparsity, weights, errors, 100.0 * errors / examples));
  }

  /** A point; empty when it is not measured. */
  public synchronized Optional<TradeoffReport.Point> point(String key) {
    return Optional.ofNullable(points.get(key));
  }

  /** The points that are measured. */
  public synchronized int size() {
    return points.size();
  }

  /** The file's bytes. */
  public synchronized byte[] toCsv() {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (String key : order) {
      TradeoffReport.Point point = points.get(key);
      if (point != null) {
        lines.add(
            String.join(
                ",",
                key,
                Long.toString(point.weights()),
                Long.toString(examples),
                Long.toString(point.errors()),
                Double.toString(point.errorPercent())));
      }
    }
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
