package io.secateur.report;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The energy of the whole network for one example, by {@link EnergyTable}.
 *
 * @param denseMicrojoules before any pruning
 * @param prunedMicrojoules as it is
 * @param denseMemory where the weights lay, "SRAM" or "DRAM"
 * @param prunedMemory where they lie
 * @param sramBytes what is assumed to fit on the chip
 */
public record EnergyReport(
    double denseMicrojoules,
    double prunedMicrojoules,
    EnergyTable.Memory denseMemory,
    EnergyTable.Memory prunedMemory,
    long sramBytes) {

  /**
   * The sum over the layers; null when there are none, or of one it is not known.
   *
   * @param denseBytes of the network before any pruning
   * @param storedBytes of the network as it is
   */
  public static EnergyReport of(List<LayerReport> layers, long denseBytes, long storedBytes) {
    List<LayerReport.Energy> energies =
        layers.stream().map(LayerReport::energyMicrojoules).filter(Objects::nonNull).toList();
    if (energies.isEmpty() || energies.size() < layers.size()) {
      return null;
    }
    return new EnergyReport(
        sum(energies, LayerReport.Energy::dense),
        sum(energies, LayerReport.Energy::pruned),
        EnergyTable.Memory.holding(denseBytes),
        EnergyTable.Memory.holding(storedBytes),
        EnergyTable.SRAM_BYTES);
  }

  private static double sum(
      List<LayerReport.Energy> energies, ToDoubleFunction<LayerReport.Energy> part) {
    return energies.stream().mapToDouble(part).sum();
  }
}
