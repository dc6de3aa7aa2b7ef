package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalFilesTest {
  private static JobOptions job(String data) {
    String yaml =
        """
        network: lenet-300-100
        store: /var/store
        data: {%s}
        """
            .formatted(data);
    return JobFileReader.read(
        "job.yaml", yaml.getBytes(StandardCharsets.UTF_8), List.of(), CommandLineOverrides.none());
  }

  private static JobOptions files() {
    return job(
        "train: {images: /d/a.gz, labels: hdfs://h:1/b.gz},"
            + " test: {images: /d/a.gz, labels: /d/c.gz}");
  }

  @Test
  void eachLocalFileIsNamedOnceAndTheStoreIsNone() {
    assertThat(LocalFiles.of(files()).places())
        .containsExactly(URI.create("file:///d/a.gz"), URI.create("file:///d/c.gz"));
  }

  @Test
  void aJobOnMnistNamesNone() {
    assertThat(LocalFiles.of(job("source: mnist")).places()).isEmpty();
  }

  @Test
  void movedFilesAreAllThatChanges() {
    JobOptions options = files();
    URI moved = URI.create("hdfs://h:1/jobs/1/files/0-a.gz");

    byte[] yaml = LocalFiles.of(options).yamlWith(Map.of(URI.create("file:///d/a.gz"), moved));

    JobOptions read =
        JobFileReader.read("moved.yaml", yaml, List.of(), CommandLineOverrides.none());
    DataLocation.Files data = (DataLocation.Files) read.data().location();
    assertThat(data.trainImages()).isEqualTo(moved);
    assertThat(data.testImages()).isEqualTo(moved);
    assertThat(data.testLabels()).isEqualTo(URI.create("file:///d/c.gz"));
    assertThat(read.store()).isEqualTo(options.store());
    assertThat(LocalFiles.of(read).yamlWith(Map.of())).isEqualTo(yaml);
  }
}
