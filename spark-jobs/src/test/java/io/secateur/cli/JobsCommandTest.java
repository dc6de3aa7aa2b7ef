package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.error.JobFailedException;
import io.secateur.report.DriverProcess;
import io.secateur.report.JobProgress;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelVersion;
import io.secateur.store.hadoop.ModelStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsCommandTest {
  private static final DriverProcess DEAD =
      new DriverProcess(
          DriverProcess.current(List.of()).host(),
          Long.MAX_VALUE,
          null,
          "/work",
          List.of("prune", "my job.yaml", "--resume", "--set", "seed=2"));

  @TempDir private Path folder;
  private final Session session = new Session();
  private JobFolders jobs;

  @BeforeEach
  void fill() throws Exception {
    jobs = ModelStores.open(folder.resolve("s").toUri()).jobs();
    running("20261124-080000-aaaa", DEAD);
    running("20261124-090000-bbbb", DriverProcess.current(List.of("train", "x.yaml")));
    running("20261124-100000-cccc", DEAD);
    result(
        JobResult.builder("prune", "20261124-100000-cccc")
            .version(new ModelVersion("lenet", 2))
            .dense(1.5, 10)
            .succeeded());
    running("20261124-110000-dddd", DEAD);
    jobs.write("20261124-110000-dddd", JobProgress.NAME, new byte[] {'{'});
    result(
        JobResult.builder("train", "20261124-110000-dddd")
            .model("other")
            .failed(3, new JobFailedException("a", "b", "c").problem()));
    Files.createDirectories(folder.resolve("s/jobs/20261124-120000-eeee"));
  }

  private void running(String id, DriverProcess driver) {
    JobProgress progress =
        JobProgress.beginning("prune", id, "lenet", 0, folder.resolve("out"), driver);
    jobs.write(id, JobProgress.NAME, progress.toBytes());
  }

  private void result(JobResult result) {
    jobs.write(result.jobId(), ResultFile.NAME, ResultFile.toBytes(result));
  }

  private int run(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--store";
    all[words.length + 1] = folder.resolve("s").toString();
    return session.run(all);
  }

  @Test
  void listTellsEveryJobNewestFirst() {
    assertThat(run("jobs", "list")).isZero();

    assertThat(session.out().lines()).hasSize(6);
    assertThat(session.out().lines().get(0)).startsWith(" job").contains("status", "progress");
    assertThat(session.out().lines().get(1)).contains("eeee", "unknown");
    assertThat(session.out().lines().get(2)).contains("dddd", "train", "other", "failed");
    assertThat(session.out().lines().get(3)).contains("cccc", "succeeded");
    assertThat(session.out().lines().get(4)).contains("bbbb", "running");
    assertThat(session.out().lines().get(5)).contains("aaaa", "prune", "lenet", "interrupted");
  }

  @Test
  void jsonHasTheSameJobs() throws Exception {
    assertThat(run("jobs", "list", "--json")).isZero();

    JsonNode list = new ObjectMapper().readTree(session.out().text());
    assertThat(list).hasSize(5);
    assertThat(list.get(4).get("status").asText()).isEqualTo("interrupted");
    assertThat(list.get(2).get("version").asInt()).isEqualTo(2);
  }

  @Test
  void showTellsHowToGoOn() {
    jobs.write("20261124-080000-aaaa", "job.yaml", "seed: 2\n".getBytes(StandardCharsets.UTF_8));

    assertThat(run("jobs", "show", "20261124-080000-aaaa")).isZero();

    assertThat(session.out().text())
        .contains("interrupted")
        .contains("secateur prune 'my job.yaml' --set seed=2 --resume=20261124-080000-aaaa")
        .contains("in /work")
        .contains("seed: 2");
  }

  @Test
  void showTellsWhyAJobFailed() {
    assertThat(run("jobs", "show", "20261124-110000-dddd")).isZero();

    assertThat(session.out().text()).contains("found a; expected b; c");
  }

  @Test
  void aFinishedJobIsNotResumed() {
    assertThat(run("jobs", "show", "20261124-100000-cccc")).isZero();

    assertThat(session.out().text()).contains("1.50 %").doesNotContain("--resume");
  }

  @Test
  void anUnknownJobIsAUsageError() {
    assertThat(run("jobs", "show", "nobody")).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("no job nobody").contains("secateur jobs list");
  }

  @Test
  void aStoreWithoutJobsSaysSo() {
    assertThat(session.run("jobs", "list", "--store", folder.resolve("none").toString())).isZero();
    assertThat(session.out().text()).contains("no jobs in file:");
  }

  @Test
  void otherVerbsAreUsageErrors() {
    assertThat(session.run("jobs", "cancel", "x")).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.run("jobs")).isEqualTo(2);
  }
}
