package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyTableTest {
  /** 1,000 words x 640 pJ + 500 x (3.7 + 0.9) pJ = 642,300 pJ; from SRAM 5,000 + 2,300 pJ. */
  @Test
  void readsOfWeightsAndArithmeticAddUp() {
    assertThat(EnergyTable.microjoules(EnergyTable.Memory.DRAM, 4000, 1000))
        .isCloseTo(0.6423, within(1e-12));
    assertThat(EnergyTable.microjoules(EnergyTable.Memory.SRAM, 4000, 1000))
        .isCloseTo(0.0073, within(1e-12));
  }

  @Test
  void aModelIsInSramOnceAllOfItFits() {
    assertThat(EnergyTable.Memory.holding(1_048_576)).isEqualTo(EnergyTable.Memory.SRAM);
    assertThat(EnergyTable.Memory.holding(1_048_577)).isEqualTo(EnergyTable.Memory.DRAM);
  }

  @Test
  void aLayerOfUnknownOperationsLeavesTheNetworkUnknown() {
    LayerReport known = SampleResult.builder().succeeded().layers().get(0);
    LayerReport unknown = LayerReport.stored("x", "opaque", 4, 3, null, null, "dense", 20);

    assertThat(EnergyReport.of(List.of(known), 2_000_000, 50))
        .isEqualTo(
            new EnergyReport(
                5.25, 0.5, EnergyTable.Memory.DRAM, EnergyTable.Memory.SRAM, 1_048_576));
    assertThat(EnergyReport.of(List.of(known, unknown), 60, 50)).isNull();
    assertThat(EnergyReport.of(List.of(), 60, 50)).isNull();
  }
}
