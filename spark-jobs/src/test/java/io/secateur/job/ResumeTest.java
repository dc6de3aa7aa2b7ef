package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.RecordedJob;
import io.secateur.error.UsageException;
import io.secateur.report.JobResult;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
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

  private void diesAt(String moment, String source, JobHistory history) {
    SampleJob job = job();
    ModelStore mortal = MortalStore.of(job.store(), moment, ResumeTest::die);
    assertThatThrownBy(
            () -> new PruneJob(job.options(source), job.environment(mortal, history)).run())
        .as(moment)
        .isInstanceOf(DriverDied.class);
  }

  private static List<String> stages(ModelStore store) {
    return store.versions("sample").stream()
        .map(store::manifest)
        .map(manifest -> manifest.provenance())
        .map(Provenance::stage)
        .toList();
  }

  @Test
  void aJobThatDiesAtEveryTurnEndsAsOneThatNeverDid() {
    SampleJob undisturbed = SampleJob.on("b", "local[2]", store("other"));
    new PruneJob(undisturbed.options(LENET), undisturbed.environment()).run();
    JobResult expected = undisturbed.result.succeeded();

    diesAt("before writeCheckpoint", LENET, JobHistory.first(0)); // nothing is kept yet
    diesAt("after stage", LENET, RESUMED);
    diesAt("after publishOnce", LENET, RESUMED); // the dense version has no tag yet
    diesAt("after writeCheckpoint", LENET, RESUMED); // between the first cut and its retraining
    diesAt("after stage", LENET, RESUMED);
    diesAt("after publishOnce", LENET, RESUMED); // only result.json is missing
    SampleJob last = job();
    ModelVersion pruned =
        new PruneJob(last.options(LENET), last.environment(last.store(), RESUMED)).run();

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
    new TrainJob(first.options(LENET), first.environment()).run();
    diesAt("after publishOnce", "from: sample", JobHistory.first(1));

    SampleJob last = job();
    ModelVersion again =
        new PruneJob(
                last.options("from: sample"), last.environment(last.store(), JobHistory.resumed(1)))
            .run();

    assertThat(again).isEqualTo(new ModelVersion("sample", 2));
    assertThat(last.store().manifest(again).provenance().parent())
        .contains(new ModelVersion("sample", 1));
    assertThat(last.store().versions("sample")).hasSize(2);
  }

  @Test
  void otherOptionsAreRefusedNamingTheKey() {
    diesAt("before writeCheckpoint", LENET, JobHistory.first(0));
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
    diesAt("before writeCheckpoint", LENET, JobHistory.first(0));
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
    diesAt("after writeCheckpoint", LENET, JobHistory.first(0));
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
