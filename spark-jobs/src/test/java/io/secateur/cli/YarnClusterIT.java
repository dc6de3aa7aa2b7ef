package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on YARN: a ResourceManager and a NodeManager as processes, with their store on HDFS. */
@Tag("cluster")
class YarnClusterIT {
  @TempDir private static Path shared;
  private static MiniCluster cluster;
  private static JsonNode local;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = MiniCluster.yarn(shared.resolve("cluster"));
    local = SampleJobFile.runHere(shared);
  }

  @AfterAll
  static void stop() throws Exception {
    List<ProcessHandle> processes = cluster.processes();
    cluster.down();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
  }

  private Submitter.Outcome submit(Path job, String mode, Path out, String... options)
      throws Exception {
    List<String> words = new ArrayList<>(words(job, mode, out));
    words.addAll(List.of(options));
    return new Submitter(
            folder,
            Map.of(
                "HADOOP_CONF_DIR", cluster.hadoopConf().toString(), "SPARK_LOCAL_IP", "127.0.0.1"))
        .run(words.toArray(String[]::new));
  }

  private static List<String> words(Path job, String mode, Path out) {
    return List.of(
        "submit",
        "prune",
        job.toString(),
        "--master",
        "yarn",
        "--deploy-mode",
        mode,
        "--store",
        cluster.hdfs() + "/in-" + mode + "-mode",
        "--out",
        out.toString(),
        // on YARN every container copies what is not on its host
        "--conf",
        "spark.yarn.jars=local:" + cluster.sparkHome().resolve("jars") + "/*",
        "--conf",
        "spark.executor.memory=768m",
        "--conf",
        "spark.executor.memoryOverhead=512m",
        "--conf",
        "spark.driver.memory=768m",
        "--conf",
        "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
        "--conf",
        "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void aJobEndsAsOneThatRunsHere(String mode) throws Exception {
    Path out = folder.resolve("out");

    Submitter.Outcome outcome = submit(SampleJobFile.write(folder), mode, out);

    assertThat(outcome.code()).as(outcome.printed()).isZero();
    SampleJobFile.requireSame(local, Session.result(out));
    assertThat(Session.result(out).get("master").asText()).isEqualTo("yarn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void theExitCodeIsTheJobs(String mode) throws Exception {
    Submitter.Outcome outcome =
        submit(
            SampleJobFile.write(folder),
            mode,
            folder.resolve("out"),
            "--set",
            SampleJobFile.LABELS_FOR_IMAGES);

    assertThat(outcome.code()).as(outcome.printed()).isEqualTo(3);
    assertThat(outcome.printed()).contains("t10k-labels");
  }
}
