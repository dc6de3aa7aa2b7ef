package io.secateur.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What a job shows at its end: a row per layer as in the tables of Han et al. 2015, and what was
 * gained in four lines (weights, bytes, energy, error).
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
    String density = weights == 0 ? "" : Figures.percentDigits(100.0 * surviving / weights);
    TextTable table =
        new TextTable()
            .text("layer", "total")
            .number("weights", Figures.count(weights))
            .number("surviving", Figures.count(surviving))
            .number("density %", density)
            .number("FLOP", total(layers, LayerReport::flop, Figures::operations))
            .number("Act %")
            .number("FLOP %", flopPercent(layers))
            .number("threshold")
            .text("encoding")
            .number("bytes", total(layers, LayerReport::bytes, Figures::count))
            .number("energy uJ", energy(layers));
    layers.forEach(layer -> addRow(table, layer));
    return table.lines();
  }

  private static String total(
      List<LayerReport> layers, Function<LayerReport, Long> figure, LongFunction<String> written) {
    return layers.stream().map(figure).anyMatch(Objects::isNull)
        ? ""
        : written.apply(layers.stream().mapToLong(figure::apply).sum());
  }

  /** Of all operations; empty when it is not known of a layer. */
  static String flopPercent(List<LayerReport> layers) {
    double all = 0;
    double left = 0;
    for (LayerReport layer : layers) {
      if (layer.flop() == null || layer.flopPercent() == null) {
        return "";
      }
      all += layer.flop();
      left += layer.flop() * layer.flopPercent();
    }
    return all == 0 ? "" : Figures.percentDigits(left / all);
  }

  private static String energy(List<LayerReport> layers) {
    double sum = 0;
    for (LayerReport layer : layers) {
      if (layer.energyMicrojoules() == null) {
        return "";
      }
      sum += layer.energyMicrojoules().pruned();
    }
    return Figures.threeDigits(sum);
  }

  /** Weights, bytes, energy, error; only what is known. */
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
    EnergyReport energy = result.energy();
    if (result.pruned() != null && energy != null && energy.prunedMicrojoules() > 0) {
      lines.add(energyLine(energy));
    }
    String error = error(result);
    if (!error.isEmpty()) {
      lines.add("error    " + error);
    }
    return lines;
  }

  private static String energyLine(EnergyReport energy) {
    return "energy   "
        + Figures.times(energy.denseMicrojoules() / energy.prunedMicrojoules())
        + arrow(
            Figures.threeDigits(energy.denseMicrojoules())
                + " uJ, weights in "
                + energy.denseMemory(),
            Figures.threeDigits(energy.prunedMicrojoules())
                + " uJ, weights in "
                + energy.prunedMemory())
        + ", one example at 45 nm with "
        + Figures.count(energy.sramBytes() >> 20)
        + " MiB of SRAM";
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
        layer.flop() == null ? null : Figures.operations(layer.flop()),
        percent(layer.activationPercent()),
        percent(layer.flopPercent()),
        layer.threshold() == null ? null : Figures.threshold(layer.threshold()),
        layer.encoding(),
        layer.bytes() == null ? null : Figures.count(layer.bytes()),
        layer.energyMicrojoules() == null
            ? null
            : Figures.threeDigits(layer.energyMicrojoules().pruned()));
  }

  private static String percent(Double percent) {
    return percent == null ? null : Figures.percentDigits(percent);
  }
}
