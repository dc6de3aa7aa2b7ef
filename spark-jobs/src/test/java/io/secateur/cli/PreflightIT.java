package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are started wrong, and stores that can't be used: each is found and told. */
class PreflightIT {
  private static final Map<String, String> ONE_THREAD = Map.of("OMP_NUM_THREADS", "1");

  @TempDir private Path folder;

  /** How a process ended. */
  private record Outcome(int code, String printed, JsonNode result) {
    /** Checks what was found, and what is said to mend it. */
    void has(String check, String verdict, String found, String remedy) {
      assertThat(result.get("preflight"))
          .as(printed)
          .anySatisfy(
              finding -> {
                assertThat(finding.get("check").asText()).isEqualTo(check);
                assertThat(finding.get("verdict").asText()).isEqualTo(verdict);
                assertThat(finding.get("found").asText()).contains(found);
                assertThat(finding.get("remedy").asText()).contains(remedy);
              });
    }
  }

  private Outcome run(Map<String, String> environment, List<String> without, String... words)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (without.stream().noneMatch(option::startsWith)) {
        command.add(option);
      }
    }
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    command.addAll(List.of("--out", out.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("OMP_NUM_THREADS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(out.resolve("result.json")).as(printed).exists();
    return new Outcome(code, printed, Session.result(out));
  }

  private Path job() throws IOException {
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        network: lenet-5
        data: {train: {images: "absent", labels: "absent"}, test: {images: "absent", labels: "absent"}}
        partitions: 2
        """);
  }

  @Test
  void aDriverWithWrongOptionsIsToldWhichAreRight() throws Exception {
    Outcome outcome =
        run(
            Map.of(),
            List.of("--add-modules", "-Xmx", "-Dorg.eclipse.deeplearning4j.helpers"),
            "-Xmx512m",
            "-Dorg.eclipse.deeplearning4j.helpers.disable=true",
            "io.secateur.cli.Main",
            "preflight",
            job().toString(),
            "--master",
            "local[1]",
            "--store",
            folder.resolve("store").toString());
    assertThat(outcome.code()).as(outcome.printed()).isEqualTo(5);
    outcome.has("vectors", "warn", "plain Java", "--add-modules=jdk.incubator.vector");
    outcome.has("oneDNN", "warn", "helpers are off", "helpers.disable=false");
    outcome.has("maths threads", "warn", "OMP_NUM_THREADS is not set", "OMP_NUM_THREADS=1");
    outcome.has("heap", "fail", "m for about", "-Xmx");
    outcome.has("slots", "warn", "1 slots for 2 partitions", "spark.executor.cores");
    outcome.has("data", "fail", "absent", "");
    outcome.has("store", "ok", "creates, renames, reads and removes", "");
    outcome.has("Kryo", "ok", "a round trip", "");
    assertThat(outcome.printed()).contains("checks failed");
    assertThat(outcome.result().get("exitCode").asInt()).isEqualTo(5);
  }

  @Test
  void aStoreInSafeModeAndShutModulesAreFoundWithoutSpark() throws Exception {
    try (MiniDFSCluster hdfs = hdfs()) {
      hdfs.getFileSystem().setSafeMode(SafeModeAction.ENTER);
      Outcome outcome =
          run(
              ONE_THREAD,
              List.of("--add-opens"),
              "io.secateur.cli.Main",
              "preflight",
              "--master",
              "local[1]",
              "--store",
              hdfs.getURI() + "/secateur");
      assertThat(outcome.code()).as(outcome.printed()).isEqualTo(5);
      outcome.has("module opens", "fail", "java.base doesn't open", "deploy/jvm-options");
      outcome.has("store", "fail", "afe mode", "hdfs dfsadmin -safemode leave");
      outcome.has("Spark", "fail", "doesn't start", "driver's findings");
      outcome.has("maths threads", "ok", "OMP_NUM_THREADS=1", "");
    }
  }

  @Test
  void aStoreOfSomebodyElseAndAnAbsentMasterAreFound() throws Exception {
    try (MiniDFSCluster hdfs = hdfs()) {
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("/secateur");
      hdfs.getFileSystem().mkdirs(root, new FsPermission((short) 0555));
      Outcome outcome =
          run(
              Map.of("HADOOP_USER_NAME", "stranger"),
              List.of(),
              "io.secateur.cli.Main",
              "preflight",
              "--master",
              "spark://127.0.0.1:1",
              "--store",
              hdfs.getURI() + root.toString());
      assertThat(outcome.code()).as(outcome.printed()).isEqualTo(5);
      outcome.has("store", "fail", "no permission", "give user");
      outcome.has("Spark", "fail", "spark://127.0.0.1:1", "--master");
    }
  }

  private MiniDFSCluster hdfs() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("hdfs.minidfs.basedir", folder.resolve("hdfs").toString());
    return new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }
}
