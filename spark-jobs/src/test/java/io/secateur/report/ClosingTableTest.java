package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosingTableTest {
  @Test
  void layersTotalAndWhatWasGained() {
    assertThat(ClosingTable.lines(SampleResult.builder().succeeded()))
        .containsExactly(
            " layer  weights  surviving  density %  FLOP  Act %  FLOP %  threshold  encoding"
                + "          bytes  energy uJ",
            " fc1          8          3      37.50    16  50.00   37.50    0.03125  relative-index/5"
                + "     30        0.5",
            " fc2          4          3      75.00     8                            dense"
                + "                20",
            " total       12          6      50.00    24"
                + "                                                 50",
            "",
            "weights  2.0x  (12 -> 6)",
            "bytes    1.2x  (60 -> 50)",
            "energy   10.5x  (5.25 uJ, weights in DRAM -> 0.5 uJ, weights in SRAM), one example at"
                + " 45 nm with 1 MiB of SRAM",
            "error    1.50 % -> 1.25 %");
  }

  @Test
  void aDenseNetworkHasOneError() {
    assertThat(ClosingTable.lines(JobResult.builder("train", "id").dense(1.5, 15).succeeded()))
        .containsExactly("error    1.50 %");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(ClosingTable.lines(JobResult.builder("train", "id").succeeded())).isEmpty();
  }
}
