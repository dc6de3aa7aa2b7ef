package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secateur.error.Problem;
import io.secateur.report.JobProgress.Status;
import io.secateur.store.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ProgressFileTest {
  private static final DriverProcess HERE = DriverProcess.current(List.of("prune", "my job.yaml"));

  private static final JobResult SUCCEEDED =
      JobResult.builder("prune", "id").version(new ModelVersion("lenet", 5)).succeeded();
  private static final JobResult FAILED =
      JobResult.builder("prune", "id").failed(1, new Problem("a", "b", "c"));

  private final List<JobProgress> written = new CopyOnWriteArrayList<>();

  private static JobProgress first() {
    return JobProgress.beginning("prune", "id", "lenet", 3, Path.of("/out"), HERE);
  }

  private ProgressFile file() {
    return new ProgressFile(first(), json -> written.add(JobProgress.parse(json).orElseThrow()));
  }

  private static EpochReport epoch(int epoch) {
    return new EpochReport(
        "train",
        0,
        0,
        epoch,
        20,
        2.5,
        0.125,
        0.1,
        1000,
        Optional.empty(),
        Duration.ofSeconds(epoch));
  }

  @Test
  void nothingIsWrittenBeforeTheJobBegins() {
    ProgressFile file = file();
    file.stageStarted("train", 20);
    file.ended(FAILED);
    assertThat(written).isEmpty();
  }

  @Test
  void manyEpochsOfASecondAreWrittenOnceAndTheJobDoesNotWait() {
    ProgressFile file = file();
    file.start();
    file.stageStarted("train", 20);
    for (int i = 1; i <= 20; i++) {
      file.epochFinished(epoch(i));
    }
    assertThat(written).hasSize(1);
    await().until(() -> written.size() == 2);

    assertThat(written.get(1).status()).isEqualTo(Status.RUNNING);
    assertThat(written.get(1).stage())
        .isEqualTo(new StageProgress("train", 0, 0, 20, 20, 2.5, 0.125, 0L));
    file.ended(SUCCEEDED);
  }

  @Test
  void theEndIsTheLastWordWithTheVersion() {
    ProgressFile file = file();
    file.start();
    file.stageStarted("prune", 10);
    file.pruned(new StepReport(1, 5, 0.2, 80, 100));
    file.published(new ModelVersion("lenet", 4));
    file.ended(SUCCEEDED);
    file.stageStarted("prune", 11);

    JobProgress last = written.get(written.size() - 1);
    assertThat(last.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(last.version()).isEqualTo(5);
    assertThat(last.stage()).isEqualTo(new StageProgress("prune", 1, 5, 0, 10, null, 0.2, null));
    assertThat(last.isAlive(Instant.now())).isFalse();
  }

  @Test
  void aStoreThatRefusesDoesNotDisturbTheJob() {
    ProgressFile file =
        new ProgressFile(
            first(),
            json -> {
              throw new IllegalStateException("down");
            });
    file.start();
    file.epochFinished(epoch(1));
    file.ended(SUCCEEDED);
  }

  @Test
  void aDriverIsAliveWhenItsProcessIs() throws Exception {
    assertThat(first().isAlive(Instant.now())).isTrue();
    Process process = new ProcessBuilder("sleep", "60").start();
    DriverProcess other =
        new DriverProcess(
            HERE.host(),
            process.pid(),
            process.info().startInstant().orElseThrow().toString(),
            "/",
            List.of());
    assertThat(first().resumedBy(other, Path.of("/")).isAlive(Instant.now())).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(first().resumedBy(other, Path.of("/")).isAlive(Instant.now())).isFalse();
  }

  @Test
  void aProcessIdThatIsUsedAgainIsNotTheDriver() {
    DriverProcess earlier =
        new DriverProcess(HERE.host(), HERE.pid(), "2020-01-01T00:00:00Z", "/", List.of());
    assertThat(first().resumedBy(earlier, Path.of("/")).isAlive(Instant.now())).isFalse();
  }

  @Test
  void aDriverOfAnotherHostIsAliveWhileItsHeartBeats() {
    DriverProcess there = new DriverProcess("no-such-host", 1, null, "/", List.of());
    JobProgress progress = first().resumedBy(there, Path.of("/"));
    Instant updated = Instant.parse(progress.updated());

    assertThat(progress.isAlive(updated.plusSeconds(29))).isTrue();
    assertThat(progress.isAlive(updated.plusSeconds(30))).isFalse();
  }

  @Test
  void theFileReadsBackAndDamageIsNoProgress() {
    JobProgress progress = first().with(StageProgress.beginning("train", 5));
    assertThat(JobProgress.parse(progress.toBytes())).contains(progress);
    for (String damaged : List.of("", "{", "null", "[]", "{\"schema\":1}", "{\"schema\":2}")) {
      assertThat(JobProgress.parse(damaged.getBytes(StandardCharsets.UTF_8))).as(damaged).isEmpty();
    }
  }
}
