package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.report.DriverProcess;
import io.secateur.report.JobProgress;
import io.secateur.report.JobProgress.Status;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.store.JobFolders;
import io.secateur.store.hadoop.ModelStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which job --resume finds; none of them begins here, because there are no digits. */
class ResumeFlagTest {
  private static final int NO_DIGITS = ExitCodes.DATA;

  @TempDir private Path folder;
  private final Session session = new Session();
  private JobFolders jobs;
  private Path job;

  @BeforeEach
  void open() throws IOException {
    jobs = ModelStores.open(folder.resolve("s").toUri()).jobs();
    job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        network: lenet-300-100
        publish-as: mine
        data:
          train: {images: none, labels: none}
          test: {images: none, labels: none}
        store: %s
        prune: {sparsity: 0.5, schedule: {kind: one-shot}}
        """
            .formatted(folder.resolve("s")));
  }

  private void unfinished(String id, String model) {
    DriverProcess dead =
        new DriverProcess(
            DriverProcess.current(List.of()).host(), Long.MAX_VALUE, null, "/", List.of());
    write(JobProgress.beginning("prune", id, model, 0, folder.resolve("out-" + id), dead));
  }

  private void write(JobProgress progress) {
    jobs.write(progress.jobId(), JobProgress.NAME, progress.toBytes());
  }

  private int prune(String... options) {
    List<String> words = new ArrayList<>(List.of("prune"));
    words.addAll(List.of(options));
    words.add(job.toString());
    return session.run(words.toArray(String[]::new));
  }

  private JsonNode resultOf(String id) {
    return Session.result(folder.resolve("out-" + id));
  }

  @Test
  void withoutAnIdTheNewestUnfinishedJobOfThisModelKeepsIdAndOutFolder() {
    unfinished("1", "mine");
    unfinished("2", "mine");
    unfinished("3", "other");

    assertThat(prune("--resume")).isEqualTo(NO_DIGITS);

    assertThat(resultOf("2").get("jobId").asText()).isEqualTo("2");
    assertThat(resultOf("2").get("resumed").asBoolean()).isTrue();
    assertThat(session.out().text()).contains("job 2 resumed");
  }

  @Test
  void withAnIdThatJobIsTaken() {
    unfinished("1", "mine");
    unfinished("2", "mine");

    assertThat(prune("--resume=1")).isEqualTo(NO_DIGITS);

    assertThat(resultOf("1").get("jobId").asText()).isEqualTo("1");
  }

  @Test
  void anOutFolderThatIsNamedIsUsed() {
    unfinished("1", "mine");

    assertThat(prune("--resume", "--out", folder.resolve("out-new").toString()))
        .isEqualTo(NO_DIGITS);

    assertThat(resultOf("new").get("jobId").asText()).isEqualTo("1");
  }

  @Test
  void aFailedJobIsUnfinishedAndASucceededOneIsNot() {
    unfinished("1", "mine");
    unfinished("2", "mine");
    jobs.write("2", ResultFile.NAME, ResultFile.toBytes(JobResult.builder("x", "2").succeeded()));

    assertThat(prune("--resume")).isEqualTo(NO_DIGITS);
    assertThat(resultOf("1").get("jobId").asText()).isEqualTo("1");
    assertThat(prune("--resume=2", "--out", folder.resolve("o").toString())).isEqualTo(2);
    assertThat(session.err().text()).contains("job 2, which has succeeded");
  }

  @Test
  void whatIsMissingIsAUsageErrorInTheResultToo() {
    unfinished("3", "other");
    Path out = folder.resolve("o");

    assertThat(prune("--resume", "--out", out.toString())).isEqualTo(2);

    assertThat(session.err().text()).contains("no unfinished job of mine");
    assertThat(Session.result(out).get("exitCode").asInt()).isEqualTo(2);
    assertThat(prune("--resume=9", "--out", out.toString())).isEqualTo(2);
    assertThat(session.err().text()).contains("no job 9 that can be resumed");
  }

  @Test
  void aRunningJobIsLeftAlone() {
    write(
        JobProgress.beginning(
            "prune", "1", "mine", 0, folder, DriverProcess.current(List.of("prune"))));

    assertThat(prune("--resume", "--out", folder.resolve("o").toString())).isEqualTo(2);

    assertThat(session.err().text()).contains("job 1 running on host").contains("process");
  }

  @Test
  void aJobThatIsResumedByMistakeStaysAsItWas() {
    unfinished("1", "mine");
    byte[] before = jobs.read("1", JobProgress.NAME).orElseThrow();

    assertThat(prune("--resume", "--set", "seed=5")).isEqualTo(NO_DIGITS);

    assertThat(jobs.read("1", JobProgress.NAME)).hasValue(before);
    assertThat(jobs.read("1", ResultFile.NAME)).isEmpty();
  }

  @Test
  void aNewJobThatFailsIsTheNewestUnfinishedOne() {
    assertThat(prune("--out", folder.resolve("o").toString())).isEqualTo(NO_DIGITS);

    String id = jobs.ids().get(0);
    JobProgress progress =
        JobProgress.parse(jobs.read(id, JobProgress.NAME).orElseThrow()).orElseThrow();
    assertThat(progress.status()).isEqualTo(Status.FAILED);
    assertThat(progress.driver().arguments()).startsWith("prune", "--out");
  }

  @Test
  void evaluateIsNotResumed() {
    assertThat(session.run("evaluate", "x", "--resume", "--out", folder.resolve("o").toString()))
        .isEqualTo(2);
    assertThat(session.err().text()).contains("--resume");
  }
}
