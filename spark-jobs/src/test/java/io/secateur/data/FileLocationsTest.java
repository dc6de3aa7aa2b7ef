package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileLocationsTest {
  @Test
  void aUriStaysAsItIs() {
    assertThat(FileLocations.uriOf("hdfs://host:8020/digits/images.gz"))
        .isEqualTo(URI.create("hdfs://host:8020/digits/images.gz"));
  }

  @Test
  void aPathBecomesAnAbsoluteFileUri() {
    assertThat(FileLocations.uriOf("/data/two words"))
        .isEqualTo(URI.create("file:///data/two%20words"));
    assertThat(FileLocations.uriOf("digits/../images"))
        .isEqualTo(Path.of("images").toAbsolutePath().toUri());
  }

  @Test
  void aBrokenUriIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> FileLocations.uriOf("hdfs://host/two words"))
        .withMessageContaining("\"hdfs://host/two words\"");
  }
}
