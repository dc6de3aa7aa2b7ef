package io.secateur.sensitivity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The cells of a sweep as {@code sensitivity.csv}: a line for each that is done, in the order of
 * layers and levels whatever the order in which they were done. Safe for use by several threads.
 */
public final class SensitivityTable {
  /** The file's name. */
  public static final String FILE = "sensitivity.csv";

  private static final String HEADER = "layer,sparsity,threshold,examples,errors,errorPercent";
  private static final MathContext DIGITS = new MathContext(9);

  private final Map<String, Long> errors = new LinkedHashMap<>();

  /** No cell is done. */
  public SensitivityTable() {}

  /** The cells that an earlier run has written; lines that are none are passed over. */
  public static SensitivityTable parse(byte[] csv) {
    SensitivityTable table = new SensitivityTable();
    for (String line : new String(csv, StandardCharsets.UTF_8).lines().toList()) {
      String[] fields = line.split(",", -1);
      if (fields.length == 6 && !line.equals(HEADER)) {
        table.errors.put(String.join(",", List.of(fields).subList(0, 4)), Long.valueOf(fields[4]));
      }
    }
    return table;
  }

  /** The errors of a cell; empty when it is not done. */
  synchronized OptionalLong errors(String cell) {
    Long found = errors.get(cell);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  synchronized void put(String cell, long found) {
    errors.put(cell, found);
  }

  /** What tells a cell from others: the first four columns. */
  static String cell(String layer, double sparsity, double threshold, long examples) {
    return layer + "," + number(sparsity) + "," + number(threshold) + "," + examples;
  }

  /**
   * The file's bytes.
   *
   * @param order of the cells; those that are not done are left out
   */
  synchronized byte[] toCsv(List<String> order) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (String cell : order) {
      Long found = errors.get(cell);
      if (found != null) {
        long examples = Long.parseLong(cell.substring(cell.lastIndexOf(',') + 1));
        lines.add(cell + "," + found + "," + number(100.0 * found / examples));
      }
    }
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String number(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
