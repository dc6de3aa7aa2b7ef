package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.report.JobResult;
import io.secateur.report.LayerReport;
import io.secateur.report.WeightHistogram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job tells of its layers: a tenth of LeNet-300-100's weights are left. */
class AccountingTest {
  @TempDir private static Path folder;

  private static JobResult result;
  private static List<LayerReport> stored;

  @BeforeAll
  static void run() {
    SampleJob job = SampleJob.on("a", "local[2]", folder.toUri());
    var version = new PruneJob(job.options("network: lenet-300-100"), job.environment()).run();
    result = job.result.succeeded();
    stored = PublishedFigures.of(job.store().manifest(version)).layers();
  }

  @Test
  void operationsAreThoseOfThePaper() {
    assertThat(result.layers())
        .extracting(LayerReport::flop)
        .containsExactly(470_400L, 60_000L, 2_000L);
  }

  @Test
  void operationsLeftAreDensityTimesWhatEnters() {
    LayerReport fc1 = result.layers().get(0);
    LayerReport fc2 = result.layers().get(1);

    assertThat(fc1.activationPercent()).isBetween(1.0, 99.0);
    assertThat(fc1.flopPercent()).isCloseTo(100 * fc1.density(), within(1e-9));
    assertThat(fc2.flopPercent()).isCloseTo(fc2.density() * fc1.activationPercent(), within(1e-9));
    assertThat(result.layers().get(2).activationPercent()).isEqualTo(100);
  }

  /** Dense 1,066,440 bytes are more than 1 MiB of SRAM: 235,200 words of DRAM and as many MACs. */
  @Test
  void energyIsDramsBeforeAndSramsAfter() {
    LayerReport.Energy fc1 = result.layers().get(0).energyMicrojoules();

    assertThat(fc1.dense()).isCloseTo(235_200 * (640 + 4.6) / 1e6, within(1e-9));
    assertThat(fc1.pruned()).isLessThan(fc1.dense() / 100);
    assertThat(result.energy().denseMicrojoules())
        .isCloseTo(266_200 * (640 + 4.6) / 1e6, within(1e-9));
    assertThat(result.energy().prunedMemory().name()).isEqualTo("SRAM");
  }

  @Test
  void histogramsCountTheWeightsOfTheirTime() {
    LayerReport fc1 = result.layers().get(0);

    assertThat(count(fc1.histograms().beforePruning())).isEqualTo(235_200);
    long cut = result.layers().stream().mapToLong(l -> count(l.histograms().afterPruning())).sum();
    assertThat(cut).isEqualTo(26_620); // floor(0.1 x 266,200 + 1/2)
    assertThat(count(fc1.histograms().afterRetraining())).isEqualTo(fc1.surviving());
    assertThat(fc1.histograms().afterPruning().min()).isNegative();
  }

  private static long count(WeightHistogram histogram) {
    return histogram.counts().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void theManifestTellsTheSame() {
    for (int i = 0; i < stored.size(); i++) {
      LayerReport told = result.layers().get(i);
      LayerReport kept = stored.get(i);
      assertThat(kept.activationPercent()).isEqualTo(told.activationPercent());
      assertThat(kept.flopPercent()).isEqualTo(told.flopPercent());
      assertThat(kept.energyMicrojoules()).isEqualTo(told.energyMicrojoules());
      assertThat(kept.histograms()).isEqualTo(told.histograms());
      assertThat(kept.threshold()).isEqualTo(told.threshold());
    }
  }
}
