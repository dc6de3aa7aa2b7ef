package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a standalone cluster of processes, with their store on HDFS. */
class StandaloneClusterIT {
  @TempDir private static Path shared;
  private static MiniCluster cluster;
  private static JsonNode local;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = MiniCluster.standalone(shared.resolve("cluster"));
    local = SampleJobFile.runHere(shared);
  }

  @AfterAll
  static void stop() throws Exception {
    List<ProcessHandle> processes = cluster.processes();
    cluster.down();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5).noneMatch(ProcessHandle::isAlive);
    assertThat(shared.resolve("cluster")).doesNotExist();
  }

  private URI store(String name) {
    return URI.create(cluster.hdfs() + "/" + name);
  }

  private static ModelStore store(URI root) {
    return ModelStores.open(root);
  }

  private Submitter.Outcome submit(Path job, URI store, String... options) throws Exception {
    return submit(Map.of(), job, store, options);
  }

  private static boolean hasTrainedAnEpoch(URI root) {
    JobFolders jobs = store(root).jobs();
    return jobs.ids().stream()
        .flatMap(id -> StoredJob.read(jobs, id).progress().stream())
        .anyMatch(at -> at.stage() != null && at.stage().epoch() > 0);
  }

  private Submitter.Outcome submit(
      Map<String, String> environment, Path job, URI store, String... options) throws Exception {
    return new Submitter(folder, environment).run(words(job, store, options));
  }

  private static String[] words(Path job, URI store, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "submit",
                "prune",
                job.toString(),
                "--master",
                cluster.master(),
                "--store",
                store.toString(),
                "--conf",
                "spark.executor.memory=768m",
                "--conf",
                "spark.driver.memory=768m"));
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  @Test
  void aJobWhoseDriverRunsOnTheClusterEndsAsOneThatRunsHere() throws Exception {
    Path out = folder.resolve("out");

    Submitter.Outcome outcome =
        submit(
            SampleJobFile.write(folder),
            store("in-cluster-mode"),
            "--deploy-mode",
            "cluster",
            "--out",
            out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    assertThat(outcome.printed()).contains("sample@2 is in " + store("in-cluster-mode"));
    SampleJobFile.requireSame(local, Session.result(out));
  }

  @Test
  @Tag("cluster")
  void aJobWhoseDriverRunsHereDoesToo() throws Exception {
    Path out = folder.resolve("out");

    Submitter.Outcome outcome =
        submit(SampleJobFile.write(folder), store("in-client-mode"), "--out", out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    SampleJobFile.requireSame(local, Session.result(out));
  }

  @Test
  @Tag("cluster")
  void theExitCodeIsTheJobs() throws Exception {
    Path job = SampleJobFile.write(folder);
    for (String mode : List.of("client", "cluster")) {
      Path out = folder.resolve(mode);

      Submitter.Outcome outcome =
          submit(
              job,
              store("wrong-in-" + mode),
              "--set",
              SampleJobFile.LABELS_FOR_IMAGES,
              "--deploy-mode",
              mode,
              "--out",
              out.toString());

      assertThat(outcome.code()).as(outcome.printed()).isEqualTo(3);
      assertThat(outcome.printed()).contains("t10k-labels");
      assertThat(Session.result(out).get("exitCode").asInt()).isEqualTo(3);
    }
  }

  @Test
  @Tag("cluster")
  void aJobIsCancelledWhereverItRunsAndGoesOnWhenResumed() throws Exception {
    URI root = store("cancelled");
    Path job = SampleJobFile.write(folder);
    Submitter.Outcome started =
        submit(job, root, "--deploy-mode", "cluster", "--no-wait", "--set", "train.epochs=400");
    assertThat(started.code()).as(started.printed()).isZero();
    String id = started.printed().lines().reduce((first, last) -> last).orElseThrow();
    await().atMost(5, TimeUnit.MINUTES).until(() -> hasTrainedAnEpoch(root));

    Submitter.Outcome cancel =
        new Submitter(folder, Map.of()).run("jobs", "cancel", id, "--store", root.toString());

    assertThat(cancel.code()).as(cancel.printed()).isZero();
    assertThat(cancel.printed()).contains("ended");
    Session show = new Session();
    assertThat(show.run("jobs", "show", id, "--store", root.toString())).isZero();
    assertThat(show.out().text())
        .contains("failed", "resume with: secateur submit prune", "--resume=" + id);
  }

  @Test
  @Tag("cluster")
  void aDriverThatIsKilledIsToldAndItsJobGoesOnWhenResumed() throws Exception {
    URI root = store("killed");
    Path job = SampleJobFile.write(folder);
    Path out = folder.resolve("out");
    Process submit =
        new Submitter(folder, Map.of())
            .start(words(job, root, "--deploy-mode", "cluster", "--out", out.toString()));
    await().atMost(5, TimeUnit.MINUTES).until(() -> hasTrainedAnEpoch(root));
    String id = store(root).jobs().ids().get(0);
    long driver = StoredJob.read(store(root).jobs(), id).progress().orElseThrow().driver().pid();
    ProcessHandle.of(driver).orElseThrow().destroyForcibly();
    String printed =
        new String(submit.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(submit.waitFor()).as(printed).isEqualTo(1);
    assertThat(printed).contains("has ended without a result.json", "--resume=");
    assertThat(out.resolve("result.json")).doesNotExist();
    // a driver elsewhere counts as dead when it was not heard of for half a minute
    await()
        .atMost(2, TimeUnit.MINUTES)
        .until(
            () ->
                StoredJob.read(store(root).jobs(), id).status(Instant.now())
                    != StoredJob.Status.RUNNING);
    Submitter.Outcome again =
        submit(job, root, "--deploy-mode", "cluster", "--out", out.toString(), "--resume=" + id);
    assertThat(again.code()).as(again.printed()).isZero();
    SampleJobFile.requireSame(local, Session.result(out));
    assertThat(Session.result(out).get("resumed").asBoolean()).isTrue();
  }

  @Test
  @Tag("cluster")
  void aSparkInstallationSubmitsAsTheBundledJarsDo() throws Exception {
    Path out = folder.resolve("out");
    Submitter.Outcome outcome =
        submit(
            Map.of("SPARK_HOME", cluster.sparkHome().toString()),
            SampleJobFile.write(folder),
            store("by-spark-home"),
            "--out",
            out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    SampleJobFile.requireSame(local, Session.result(out));
  }
}
