package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
    cluster = MiniCluster.up(shared.resolve("cluster"));
    Path job = SampleJobFile.write(shared, "");
    Path out = shared.resolve("out");
    int code =
        new Session()
            .run(
                "prune",
                job.toString(),
                "--master",
                "local[2]",
                "--store",
                shared.resolve("store").toString(),
                "--out",
                out.toString());
    assertThat(code).isZero();
    local = Session.result(out);
  }

  @AfterAll
  static void stop() throws Exception {
    List<ProcessHandle> processes = cluster.processes();
    cluster.close();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5).noneMatch(ProcessHandle::isAlive);
    assertThat(shared.resolve("cluster")).doesNotExist();
  }

  private URI store(String name) {
    return URI.create(cluster.hdfs() + "/" + name);
  }

  private Submitter.Outcome submit(Path job, URI store, String... options) throws Exception {
    return submit(Map.of(), job, store, options);
  }

  private Submitter.Outcome submit(
      Map<String, String> environment, Path job, URI store, String... options) throws Exception {
    return new Submitter(folder, environment).run(words(job, store, options));
  }

  private static String[] words(Path job, URI store, String... options) {
    List<String> words =
        new java.util.ArrayList<>(
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

  private void requireSameAsLocal(Path out) {
    JsonNode result = Session.result(out);
    for (String part : List.of("hashes", "dense", "pruned", "compression", "bytes")) {
      assertThat(result.get(part)).as(part).isEqualTo(local.get(part));
    }
    assertThat(result.get("master").asText()).isEqualTo(cluster.master());
  }

  @Test
  void aJobWhoseDriverRunsOnTheClusterEndsAsOneThatRunsHere() throws Exception {
    Path out = folder.resolve("out");

    Submitter.Outcome outcome =
        submit(
            SampleJobFile.write(folder, ""),
            store("in-cluster-mode"),
            "--deploy-mode",
            "cluster",
            "--out",
            out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    assertThat(outcome.printed()).contains("sample@2 is in " + store("in-cluster-mode"));
    requireSameAsLocal(out);
  }

  @Test
  @Tag("cluster")
  void aJobWhoseDriverRunsHereDoesToo() throws Exception {
    Path out = folder.resolve("out");

    Submitter.Outcome outcome =
        submit(SampleJobFile.write(folder, ""), store("in-client-mode"), "--out", out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    requireSameAsLocal(out);
  }

  @Test
  @Tag("cluster")
  void theExitCodeIsTheJobs() throws Exception {
    Path wrong = SampleJobFile.write(folder, "publish-as: other\nkernel: {fc9: dense}\n");
    for (String mode : List.of("client", "cluster")) {
      Submitter.Outcome outcome =
          submit(
              wrong,
              store("wrong"),
              "--deploy-mode",
              mode,
              "--out",
              folder.resolve(mode).toString());

      assertThat(outcome.code()).as(outcome.printed()).isEqualTo(2);
      assertThat(outcome.printed()).contains("fc9");
      assertThat(Session.result(folder.resolve(mode)).get("exitCode").asInt()).isEqualTo(2);
    }
  }

  @Test
  @Tag("cluster")
  void aJobIsCancelledWhereverItRunsAndGoesOnWhenResumed() throws Exception {
    URI root = store("cancelled");
    Path job = SampleJobFile.write(folder, "");
    Submitter.Outcome started =
        submit(job, root, "--deploy-mode", "cluster", "--no-wait", "--set", "train.epochs=400");
    assertThat(started.code()).as(started.printed()).isZero();
    String id = started.printed().lines().reduce((first, last) -> last).orElseThrow();
    ModelStore store = ModelStores.open(root);
    org.awaitility.Awaitility.await()
        .atMost(2, TimeUnit.MINUTES)
        .until(
            () ->
                StoredJob.read(store.jobs(), id)
                    .progress()
                    .filter(at -> at.stage() != null && at.stage().epoch() > 0)
                    .isPresent());

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
    Path job = SampleJobFile.write(folder, "");
    Path out = folder.resolve("out");
    Process submit =
        new Submitter(folder, Map.of())
            .start(words(job, root, "--deploy-mode", "cluster", "--out", out.toString()));
    ProcessHandle driver =
        org.awaitility.Awaitility.await()
            .atMost(2, TimeUnit.MINUTES)
            .until(
                () ->
                    cluster.processes().stream()
                        .filter(
                            process ->
                                process.info().commandLine().orElse("").contains("DriverWrapper"))
                        .findFirst(),
                java.util.Optional::isPresent)
            .orElseThrow();
    driver.destroyForcibly();
    String printed =
        new String(submit.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(submit.waitFor()).as(printed).isEqualTo(1);
    assertThat(printed).contains("has ended without a result.json", "--resume=");
    assertThat(Files.exists(out.resolve("result.json"))).isFalse();
  }

  @Test
  @Tag("cluster")
  void aSparkInstallationSubmitsAsTheBundledJarsDo() throws Exception {
    Path out = folder.resolve("out");
    Path bin = Files.createDirectories(cluster.sparkHome().resolve("bin"));
    Path launcher = bin.resolve("spark-submit");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec "%s/bin/java" $SPARK_SUBMIT_OPTS -cp "$SPARK_HOME/jars/*" -Xmx1g \\
          -XX:+IgnoreUnrecognizedVMOptions --add-modules=jdk.incubator.vector \\
          --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \\
          --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \\
          --add-opens=java.base/java.lang.invoke=ALL-UNNAMED \\
          org.apache.spark.deploy.SparkSubmit "$@"
        """
            .formatted(System.getProperty("java.home")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();

    Submitter.Outcome outcome =
        submit(
            Map.of("SPARK_HOME", cluster.sparkHome().toString()),
            SampleJobFile.write(folder, ""),
            store("by-spark-home"),
            "--out",
            out.toString());

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    requireSameAsLocal(out);
  }
}
