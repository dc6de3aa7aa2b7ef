package io.secateur.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of a network's layers in Han et al. 2015, as printed, and ours beside it.
 *
 * @param network the network as this project names it
 * @param rows a row for each layer, in order; the total is the last
 */
public record PaperTable(String network, List<Row> rows) {
  private static final String RESOURCE = "paper-layers.csv";

  /**
   * A row as printed.
   *
   * @param layer the paper's name for it
   * @param weights as in "235K"
   * @param flop as in "470K"
   * @param activationPercent non-zero activations leaving the layer
   * @param densityPercent the paper's "Weights%"
   * @param flopPercent operations that are left
   */
  public record Row(
      String layer,
      String weights,
      String flop,
      BigDecimal activationPercent,
      BigDecimal densityPercent,
      BigDecimal flopPercent) {}

  /** Copies the list. */
  public PaperTable {
    rows = List.copyOf(rows);
  }

  /** The paper's four, by the name of the network. */
  public static Map<String, PaperTable> all() {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(",", -1))
        .forEach(
            cells -> rows.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(row(cells)));
    Map<String, PaperTable> tables = new LinkedHashMap<>();
    rows.forEach((network, of) -> tables.put(network, new PaperTable(network, of)));
    return tables;
  }

  private static Row row(String[] cells) {
    return new Row(
        cells[1],
        cells[2],
        cells[3],
        new BigDecimal(cells[4]),
        new BigDecimal(cells[5]),
        new BigDecimal(cells[6]));
  }

  private static String text() {
    try (InputStream in = PaperTable.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The layers, without the total. */
  public List<Row> layers() {
    return rows.subList(0, rows.size() - 1);
  }

  /** The last row. */
  public Row total() {
    return rows.get(rows.size() - 1);
  }

  /**
   * The paper's table of the network that has so many weights in each layer, with these layers
   * beside it; a line that says so when it has none.
   */
  public static List<String> beside(List<LayerReport> ours) {
    return all().values().stream()
        .filter(table -> table.isOf(ours))
        .findFirst()
        .map(table -> table.with(ours))
        .orElse(List.of("Han et al. 2015 have no network of these layers"));
  }

  private boolean isOf(List<LayerReport> ours) {
    List<Row> theirs = layers();
    boolean same = theirs.size() == ours.size();
    for (int i = 0; same && i < ours.size(); i++) {
      same = PrintedCount.isAbout(theirs.get(i).weights(), ours.get(i).weights());
    }
    return same;
  }

  private List<String> with(List<LayerReport> ours) {
    TextTable table =
        new TextTable()
            .text("layer", "total")
            .number("weights", total().weights())
            .number("FLOP", total().flop())
            .number("Act %: paper", whole(total().activationPercent()))
            .number("ours")
            .number("density %: paper", whole(total().densityPercent()))
            .number("ours", one(100.0 * surviving(ours) / weights(ours)))
            .number("FLOP %: paper", whole(total().flopPercent()))
            .number("ours", ClosingTable.flopPercent(ours));
    for (int i = 0; i < ours.size(); i++) {
      Row theirs = rows.get(i);
      LayerReport layer = ours.get(i);
      table.row(
          layer.name(),
          theirs.weights(),
          theirs.flop(),
          whole(theirs.activationPercent()),
          one(layer.activationPercent()),
          whole(theirs.densityPercent()),
          one(100 * layer.density()),
          whole(theirs.flopPercent()),
          one(layer.flopPercent()));
    }
    return table.lines();
  }

  private static long surviving(List<LayerReport> layers) {
    return layers.stream().mapToLong(LayerReport::surviving).sum();
  }

  private static long weights(List<LayerReport> layers) {
    return layers.stream().mapToLong(LayerReport::weights).sum();
  }

  private static String whole(BigDecimal printed) {
    return printed.toPlainString();
  }

  private static String one(Double percent) {
    return percent == null ? null : String.format(Locale.ROOT, "%.1f", percent);
  }
}
