package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosingTableTest {
  @Test
  void layersTotalAndWhatWasGained() {
    assertThat(ClosingTable.lines(SampleResult.builder().succeeded()))
        .containsExactly(
            " layer  weights  surviving  density %  threshold  encoding          bytes",
            " fc1          8          3      37.50    0.03125  relative-index/5     30",
            " fc2          4          3      75.00             dense                20",
            " total       12          6      50.00                                  50",
            "",
            "weights  2.0x  (12 -> 6)",
            "bytes    1.2x  (60 -> 50)",
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
