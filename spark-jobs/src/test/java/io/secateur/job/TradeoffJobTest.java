package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.JobOptions;
import io.secateur.error.UsageException;
import io.secateur.report.TradeoffChart;
import io.secateur.report.TradeoffReport;
import io.secateur.report.TradeoffView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradeoffJobTest {
  private static final String LENET = "network: lenet-300-100";
  private static final String[] CURVES = {
    "tradeoff={sparsity: [0.5, 0.9], retrain-epochs: 1, l1: 1e-4, l2: 1e-3}", "retrain.keep=last"
  };

  @TempDir private Path folder;

  private URI store(String name) {
    return folder.resolve(name).toUri();
  }

  private static byte[] csv(SampleJob job) {
    return job.store().jobs().read("a", "tradeoff.csv").orElseThrow();
  }

  private static TradeoffReport.Curve curve(TradeoffReport report, String variant) {
    return report.curves().stream()
        .filter(curve -> curve.variant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCurvesAreInResultFilesAndPicturesAndResumedOnesAreTheSame() throws Exception {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    List<byte[]> told = new ArrayList<>();
    new TradeoffJob(job.options(LENET, CURVES), job.environment(), told::add).run();

    TradeoffReport report = job.result.succeeded().tradeoff();
    assertThat(report.curves().stream().map(TradeoffReport.Curve::variant))
        .containsExactly("l1", "l2", "l1-retrain", "l2-retrain", "l2-iterative");
    for (TradeoffReport.Curve curve : report.curves()) {
      assertThat(curve.points().get(0).weights()).isEqualTo(266_200);
      // a survivor may become zero while it is retrained
      assertThat(curve.points().get(1).weights()).isBetween(133_000L, 133_100L);
      assertThat(curve.points().get(2).weights()).isBetween(26_500L, 26_620L);
    }
    byte[] csv = csv(job);
    assertThat(told.get(told.size() - 1)).isEqualTo(csv);
    List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(16);
    assertThat(lines.get(0)).isEqualTo("variant,sparsity,weights,examples,errors,errorPercent");
    assertThat(lines.get(1)).startsWith("l1,0,266200,200,");
    assertThat(job.store().versions("sample")).isEmpty();

    // as if the driver had died in the middle of the iterative chain and of another variant
    List<String> begun = new ArrayList<>(lines.subList(0, 12));
    begun.add(lines.get(14));
    job.store()
        .jobs()
        .write("a", "tradeoff.csv", String.join("\n", begun).getBytes(StandardCharsets.UTF_8));
    SampleJob later = SampleJob.on("a", "local[1]", store("s"));
    new TradeoffJob(
            later.options(LENET, CURVES),
            later.environment(later.store(), JobHistory.resumed(0)),
            ignored -> {})
        .run();
    assertThat(csv(later)).isEqualTo(csv);
    assertThat(later.result.succeeded().tradeoff().resumedPoints()).isEqualTo(12);

    List<Path> charts = TradeoffChart.write(folder, "sample", report);
    assertThat(Files.readString(charts.get(0))).contains("<svg").contains("<path");
    assertThat(TradeoffView.lines(report)).hasSize(7).last().asString().contains("l2-iterative");
  }

  /** The long way: a prune job with the same penalty and schedule. */
  @Test
  void aRetrainedPointIsWhatAPruneJobValidates() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    new TradeoffJob(job.options(LENET, CURVES), job.environment(), csv -> {}).run();
    SampleJob slow = SampleJob.on("b", "local[2]", store("s"));
    JobOptions options =
        slow.options(
            LENET,
            "train.l2=1e-3",
            "prune.schedule={kind: one-shot, hold-epochs: 1}",
            "retrain.keep=last");

    new PruneJob(options, slow.environment()).run();

    TradeoffReport report = job.result.succeeded().tradeoff();
    assertThat(curve(report, "l2-retrain").points().get(2).errorPercent())
        .isEqualTo(slow.result.succeeded().steps().get(0).validationErrorAfter());
    assertThat(curve(report, "l2").points().get(2).errorPercent())
        .isEqualTo(slow.result.succeeded().steps().get(0).validationErrorBefore());
    assertThat(curve(report, "l1").points()).isNotEqualTo(curve(report, "l2").points());
  }

  @Test
  void aJobWithoutTheSectionIsRefused() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    assertThatThrownBy(() -> new TradeoffJob(job.options(LENET), job.environment(), csv -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no tradeoff section");
  }
}
