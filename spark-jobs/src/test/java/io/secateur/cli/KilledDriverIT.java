package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.hadoop.ModelStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers in processes of their own, killed by SIGKILL, and resumed in new ones. */
class KilledDriverIT {
  @TempDir private static Path shared;
  private static JsonNode undisturbed;

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    Path out = shared.resolve("out");
    int code =
        new Session()
            .run(
                "prune",
                jobFile(shared).toString(),
                "--master",
                "local[2]",
                "--store",
                shared.resolve("store").toString(),
                "--out",
                out.toString());
    assertThat(code).isZero();
    undisturbed = Session.result(out);
  }

  private static Path jobFile(Path folder) throws IOException {
    IdxFiles train = SampleDigits.train();
    IdxFiles test = SampleDigits.test();
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        network: lenet-300-100
        publish-as: sample
        data:
          train: {images: "%s", labels: "%s"}
          test: {images: "%s", labels: "%s"}
          validation: 200
          examples: 320
        train: {epochs: 2, batch-size: 32, learning-rate: 0.1, engine: dl4j}
        rounds: {minibatches: 4}
        prune:
          scope: global
          sparsity: 0.9
          schedule: {kind: iterative, steps: 2, every-epochs: 1, hold-epochs: 2}
        """
            .formatted(train.images(), train.labels(), test.images(), test.labels()));
  }

  @Test
  void aJobOnALocalDiskEndsAsOneThatWasNeverKilled() throws Exception {
    killAndResume(folder.resolve("store").toUri());
  }

  @Test
  void aJobOnHdfsEndsAsOneThatWasNeverKilled() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("hdfs.minidfs.basedir", folder.resolve("hdfs").toString());
    try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      killAndResume(URI.create(hdfs.getURI() + "/secateur"));
    }
  }

  private void killAndResume(URI root) throws Exception {
    Path job = jobFile(folder);
    Path out = folder.resolve("out");
    String[] start = {job.toString(), "--store", root.toString(), "--out", out.toString()};
    killAt("after writeCheckpoint", start); // in dense training, after its first epoch
    String[] again = {job.toString(), "--store", root.toString(), "--resume"};
    killAt("cut 1", again); // between prune and retrain
    killAt("prune epoch 2", again); // in retraining
    killAt("after publishOnce", again); // in publishing: only result.json is missing

    Process last = start("io.secateur.cli.Main", "prune", again);
    String printed = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(last.waitFor()).as(printed).isZero();
    assertThat(printed).contains("goes on from its checkpoint: pruned, before it is published");

    JsonNode result = Session.result(out);
    assertThat(result.get("resumed").asBoolean()).isTrue();
    for (String part : List.of("hashes", "dense", "pruned", "layers", "compression", "bytes")) {
      assertThat(result.get(part)).as(part).isEqualTo(undisturbed.get(part));
    }
    assertThat(result.get("steps")).hasSize(2);
    ModelStore store = ModelStores.open(root);
    assertThat(store.versions("sample"))
        .extracting(version -> store.manifest(version).provenance().stage())
        .containsExactly("dense", "pruned");
    String id = result.get("jobId").asText();
    assertThat(store.jobs().ids()).containsExactly(id);
    assertThat(store.tags("sample"))
        .isEqualTo(Map.of("dense-" + id, new ModelVersion("sample", 1)));
    assertThat(store.jobs().readCheckpoint(id)).isEmpty();
    Session list = new Session();
    assertThat(list.run("jobs", "list", "--store", root.toString())).isZero();
    assertThat(list.out().text()).contains(id, "succeeded", "sample@2");
  }

  private void killAt(String moment, String... words) throws Exception {
    Process driver = start("io.secateur.cli.MortalDriver", moment, words);
    List<String> lines = new ArrayList<>();
    try (BufferedReader printed = driver.inputReader(StandardCharsets.UTF_8)) {
      String line = printed.readLine();
      while (line != null && !line.equals(MortalDriver.READY_TO_DIE)) {
        lines.add(line);
        line = printed.readLine();
      }
      assertThat(line).as("%s: %s", moment, lines).isNotNull();
    } finally {
      driver.destroyForcibly();
    }
    assertThat(driver.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Process start(String main, String first, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            // they live for seconds: the optimizing compiler would take longer than it saves
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dsecateur.log=" + folder.resolve("spark.log"),
            "-cp",
            System.getProperty("java.class.path"),
            main,
            first));
    command.addAll(List.of(words));
    command.addAll(List.of("--master", "local[2]"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }
}
