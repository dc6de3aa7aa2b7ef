package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.checkpoint.CheckpointHead;
import io.secateur.checkpoint.JobPhase;
import io.secateur.checkpoint.Position;
import io.secateur.config.JobOptions;
import io.secateur.config.RecordedJob;
import io.secateur.error.UsageException;
import io.secateur.report.JobResult;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that dies and is started again, again and again. */
class ResumeTest {
  private static final String LENET = "network: lenet-300-100";

  /** One epoch dense, two cuts in one epoch, one epoch of hold. */
  private static final String[] SHORT = {
    "train.epochs=1",
    "prune.schedule={kind: gradual, epochs: 1, every-minibatches: 8, hold-epochs: 1}"
  };

  private static final JobHistory RESUMED = JobHistory.resumed(0);

  @TempDir private Path folder;

  private URI store(String name) {
    return folder.resolve(name).toUri();
  }

  /** Not a failure that a job could report. */
  private static final class DriverDied extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void die() {
    throw new DriverDied();
  }

  private SampleJob job() {
    return SampleJob.on("a", "local[2]", store("s"));
  }

  private void diesAt(String moment, JobOptions options, JobHistory history) {
    SampleJob job = job();
    ModelStore mortal = MortalStore.of(job.store(), moment, ResumeTest::die);
    assertThatThrownBy(() -> new PruneJob(options, job.environment(mortal, history)).run())
        .as(moment)
        .isInstanceOf(DriverDied.class);
  }

  private void diesAt(String moment, JobHistory history) {
    diesAt(moment, job().options(LENET), history);
  }

  /** Dies after the first checkpoint that a run writes, which is to lie there. */
  private void diesAtCheckpoint(JobPhase phase, int epoch, int round, JobOptions options)
      throws IOException {
    diesAt("after writeCheckpoint", options, RESUMED);
    byte[] content = job().store().jobs().readCheckpoint("a").orElseThrow();
    Position position = CheckpointHead.parse(content).position();
    assertThat(position.phase()).isEqualTo(phase);
    assertThat(position.epoch()).isEqualTo(epoch);
    assertThat(position.round()).isEqualTo(round);
  }

  private static List<String> stages(ModelStore store) {
    return store.versions("sample").stream()
        .map(store::manifest)
        .map(manifest -> manifest.provenance())
        .map(Provenance::stage)
        .toList();
  }

  @Test
  void aJobThatDiesAtEveryTurnEndsAsOneThatNeverDid() throws IOException {
    SampleJob undisturbed = SampleJob.on("b", "local[2]", store("other"));
    new PruneJob(undisturbed.options(LENET, SHORT), undisturbed.environment()).run();
    JobResult expected = undisturbed.result.succeeded();
    JobOptions options = job().options(LENET, SHORT);

    diesAt("before writeCheckpoint", options, JobHistory.first(0)); // nothing is kept yet
    diesAtCheckpoint(JobPhase.TRAINED, 1, 0, options);
    diesAt("after stage", options, RESUMED);
    diesAt("after publishOnce", options, RESUMED); // the dense version has no tag yet
    diesAtCheckpoint(JobPhase.PRUNING, 0, 0, options); // between the first cut and its retraining
    diesAtCheckpoint(JobPhase.PRUNING, 0, 2, options); // after a cut in the middle of an epoch
    diesAtCheckpoint(JobPhase.PRUNING, 1, 0, options);
    diesAtCheckpoint(JobPhase.PRUNING, 2, 0, options); // with a best epoch
    diesAtCheckpoint(JobPhase.PRUNED, 2, 0, options);
    diesAt("after stage", options, RESUMED);
    diesAt("after publishOnce", options, RESUMED); // only result.json is missing
    SampleJob last = job();
    ModelVersion pruned = new PruneJob(options, last.environment(last.store(), RESUMED)).run();

    JobResult result = last.result.succeeded();
    assertThat(result.hashes()).isEqualTo(expected.hashes());
    assertThat(result.layers()).isEqualTo(expected.layers());
    assertThat(result.bytes()).isEqualTo(expected.bytes());
    assertThat(result.compression()).isEqualTo(expected.compression());
    assertThat(result.dense()).isEqualTo(expected.dense());
    assertThat(result.pruned()).isEqualTo(expected.pruned());
    assertThat(result.steps())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
        .isEqualTo(expected.steps());
    assertThat(pruned).isEqualTo(new ModelVersion("sample", 2));
    assertThat(stages(last.store())).containsExactly("dense", "pruned");
    assertThat(last.store().tags("sample"))
        .containsOnly(Map.entry("dense-a", new ModelVersion("sample", 1)));
  }

  @Test
  void aNameIsNotResolvedAnewWhenTheJobGoesOn() {
    SampleJob first = SampleJob.on("first", "local[2]", store("s"));
    new TrainJob(first.options(LENET, SHORT), first.environment()).run();
    diesAt("after publishOnce", job().options("from: sample", SHORT), JobHistory.first(1));

    SampleJob last = job();
    ModelVersion again =
        new PruneJob(
                last.options("from: sample", SHORT),
                last.environment(last.store(), JobHistory.resumed(1)))
            .run();

    assertThat(again).isEqualTo(new ModelVersion("sample", 2));
    assertThat(last.store().manifest(again).provenance().parent())
        .contains(new ModelVersion("sample", 1));
    assertThat(last.store().versions("sample")).hasSize(2);
  }

  @Test
  void otherOptionsAreRefusedNamingTheKey() {
    diesAt("before writeCheckpoint", JobHistory.first(0));
    SampleJob other = job();

    assertThatThrownBy(
            () ->
                new PruneJob(
                        other.options("seed: 2\n" + LENET),
                        other.environment(other.store(), RESUMED))
                    .run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 for seed")
        .hasMessageContaining("1, as job a has it")
        .hasMessageContaining("without --resume");
  }

  @Test
  void otherDigitsAreRefusedNamingTheKey() throws Exception {
    diesAt("before writeCheckpoint", JobHistory.first(0));
    SampleJob job = job();
    String recorded =
        new String(
            job.store().jobs().read("a", RecordedJob.NAME).orElseThrow(), StandardCharsets.UTF_8);
    job.store()
        .jobs()
        .write(
            "a",
            RecordedJob.NAME,
            recorded
                .replaceFirst("train-labels: sha256:....", "train-labels: sha256:0000")
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(
            () -> new PruneJob(job.options(LENET), job.environment(job.store(), RESUMED)).run())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("for run.data.train-labels");
  }

  @Test
  void aDamagedCheckpointEndsTheJobBeforeItBegins() throws Exception {
    diesAt("after writeCheckpoint", JobHistory.first(0));
    Path state = folder.resolve("s/jobs/a/checkpoint/state");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    SampleJob job = job();

    assertThatThrownBy(
            () -> new PruneJob(job.options(LENET), job.environment(job.store(), RESUMED)).run())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("jobs/a/checkpoint/state")
        .hasMessageContaining("without --resume");
  }
}
