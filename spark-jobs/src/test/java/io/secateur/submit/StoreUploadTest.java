package io.secateur.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUploadTest {
  @TempDir private Path folder;
  private final StoreUpload upload = new StoreUpload(new Configuration());

  private URI place(String name) {
    return URI.create(folder.toUri() + name);
  }

  @Test
  void aFolderTravelsWithAllThatIsInIt() throws IOException {
    Files.createDirectories(folder.resolve("rows/deep"));
    Files.writeString(folder.resolve("rows/a.parquet"), "a");
    Files.writeString(folder.resolve("rows/deep/b.parquet"), "b");

    upload.copy(place("rows"), place("store/0-rows"));

    assertThat(folder.resolve("store/0-rows/a.parquet")).hasContent("a");
    assertThat(folder.resolve("store/0-rows/deep/b.parquet")).hasContent("b");
  }

  @Test
  void whatIsThereIsNotCopiedAgainAndHalfACopyIs() throws IOException {
    Files.writeString(folder.resolve("a"), "whole");
    Path copy = folder.resolve("copy");
    Files.writeString(copy, "half!");
    upload.copy(place("a"), place("copy"));
    assertThat(copy).hasContent("half!"); // of the same length, it counts as whole

    Files.writeString(copy, "ha");
    upload.copy(place("a"), place("copy"));
    assertThat(copy).hasContent("whole");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> upload.copy(place("missing"), place("copy")))
        .withMessageContaining(place("missing").toString())
        .withMessageContaining("hdfs://");
  }

  @Test
  void aJarIsCopiedOnceUntilItsContentChanges() throws IOException {
    Path jar = Files.writeString(folder.resolve("x-1.jar"), "one");
    URI first = upload.jar(jar, place("lib"));
    Path copy = Path.of(first);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(0));

    assertThat(upload.jar(jar, place("lib"))).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.fromMillis(0));
    assertThat(copy.getFileName().toString()).startsWith("x-1-").endsWith(".jar");

    Files.writeString(jar, "two");
    assertThat(upload.jar(jar, place("lib"))).isNotEqualTo(first);
  }
}
