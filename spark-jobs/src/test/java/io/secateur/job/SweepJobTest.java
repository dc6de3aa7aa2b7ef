package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.report.JobResult;
import io.secateur.report.SensitivityChart;
import io.secateur.report.SensitivityView;
import io.secateur.report.SweepReport;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  private static final String LENET = "network: lenet-300-100";
  private static final String[] LEVELS = {"sweep={levels: {sparsity: [0, 0.5, 0.9, 0.98]}}"};

  @TempDir private Path folder;

  private URI store(String name) {
    return folder.resolve(name).toUri();
  }

  private static String[] planned(String target) {
    return new String[] {
      LEVELS[0],
      "prune.sparsity=null",
      "prune.scope=per-layer",
      "prune.plan=auto",
      "prune.target=" + target
    };
  }

  @Test
  void aSweepIsInResultFilesAndPicturesAndAResumedOneIsTheSame() throws Exception {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    List<byte[]> written = new ArrayList<>();
    new SweepJob(job.options(LENET, LEVELS), job.environment(), written::add).run();

    SweepReport sweep = job.result.succeeded().sweep();
    assertThat(sweep.cells()).isEqualTo(12);
    assertThat(sweep.resumedCells()).isZero();
    assertThat(sweep.layers()).hasSize(3);
    assertThat(job.store().tags("sample")).containsKey("dense-a");
    byte[] csv = job.store().jobs().read("a", "sensitivity.csv").orElseThrow();
    assertThat(written.get(written.size() - 1)).isEqualTo(csv);
    assertThat(written.size()).isGreaterThan(9);

    // as if the driver had died after five cells
    List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
    byte[] begun = (String.join("\n", lines.subList(0, 6)) + "\n").getBytes(StandardCharsets.UTF_8);
    job.store().jobs().write("a", "sensitivity.csv", begun);
    SampleJob later = SampleJob.on("a", "local[2]", store("s"));
    new SweepJob(
            later.options(LENET, LEVELS),
            later.environment(later.store(), JobHistory.resumed(0)),
            ignored -> {})
        .run();
    assertThat(later.store().jobs().read("a", "sensitivity.csv").orElseThrow()).isEqualTo(csv);
    assertThat(later.result.succeeded().sweep().resumedCells()).isEqualTo(5);
    assertThat(later.store().versions("sample")).hasSize(1);

    List<Path> charts = SensitivityChart.write(folder, "sample", sweep);
    assertThat(Files.readString(charts.get(0))).contains("<svg").contains("<path");
    assertThat(Files.readAllBytes(charts.get(1))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(SensitivityView.lines(sweep)).hasSize(5).last().asString().startsWith(" fc3");
  }

  @Test
  void aPlanKeepsExactlyTheTargetAndIsInTheProvenance() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    ModelVersion version =
        new PruneJob(job.options(LENET, planned("{sparsity: 0.9}")), job.environment()).run();

    JobResult result = job.result.succeeded();
    SweepReport.Plan plan = result.sweep().plan();
    // 26,620 = floor(0.1 x 266,200 + 1/2); a survivor may become zero later
    assertThat(result.pruned().weights()).isBetween(26_500L, 26_620L);
    assertThat(plan.sparsity()).isEqualTo(0.9);
    ModelManifest manifest = job.store().manifest(version);
    assertThat(manifest.provenance().options().get("prune").toString())
        .contains("plan=auto")
        .contains("sparsity=0.9");
    Map<?, ?> stored = (Map<?, ?>) manifest.provenance().figures().get("plan");
    assertThat(stored.get("method").toString()).contains("Shoham and Gersho 1988");
    Map<?, ?> sparsities = (Map<?, ?>) stored.get("sparsity");
    for (SweepReport.PlannedLayer layer : plan.layers()) {
      assertThat(((Number) sparsities.get(layer.name())).doubleValue()).isEqualTo(layer.sparsity());
    }
  }

  @Test
  void anErrorBudgetIsMetOnTheValidationRows() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    new PruneJob(job.options(LENET, planned("{error-budget-points: 2}")), job.environment()).run();

    SweepReport sweep = job.result.succeeded().sweep();
    assertThat(sweep.examples()).isEqualTo(200);
    assertThat(sweep.plan().measuredErrorPercent())
        .isLessThanOrEqualTo(sweep.denseErrorPercent() + 2);
    assertThat(sweep.plan().sparsity()).isGreaterThan(0.3);
  }

  @Test
  void aTargetBeyondTheLevelsIsRefused() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    assertThatThrownBy(
            () ->
                new PruneJob(job.options(LENET, planned("{sparsity: 0.99}")), job.environment())
                    .run())
        .hasMessageContaining("target sparsity 0.99")
        .hasMessageContaining("0.98");
  }

  @Test
  void aSweepThatRetrainsSaysSo() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    String sweep = "sweep={levels: {sparsity: [0.9]}, retrain: {epochs: 1, examples: 100}}";

    new SweepJob(job.options(LENET, sweep), job.environment(), csv -> {}).run();

    SweepReport report = job.result.succeeded().sweep();
    assertThat(report.retrainEpochs()).isEqualTo(1);
    assertThat(SensitivityView.lines(report).get(0)).contains("then retrained (epochs: 1)");
    byte[] csv = job.store().jobs().read("a", "sensitivity.csv").orElseThrow();
    assertThat(new String(csv, StandardCharsets.UTF_8).lines()).hasSize(7);
  }

  @Test
  void anEngineWithoutLayersOfItsOwnIsRefused() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    assertThatThrownBy(
            () ->
                new SweepJob(job.options(LENET, "train.engine=dl4j"), job.environment(), csv -> {})
                    .run())
        .hasMessageContaining("engine dl4j");
  }
}
