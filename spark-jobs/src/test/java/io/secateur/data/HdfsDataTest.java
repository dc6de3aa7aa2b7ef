package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsDataTest {
  @TempDir static File folder;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.getAbsolutePath());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  @AfterAll
  static void stopCluster() {
    cluster.shutdown();
  }

  @Test
  void readsCompressedAndPlainFiles() throws IOException {
    IdxFiles files =
        new IdxFiles(
            write("images.gz", IdxBytes.gzip(IdxBytes.images(3, 1, 2, 1, 2, 3, 4, 5, 6))),
            write("labels", IdxBytes.labels(3, 7, 8, 9)));
    DataSplits splits =
        DataSplits.open(DataFiles.explicit(files, files), SplitOptions.validating(1), 10);
    assertThat(splits.validation().pixels()).containsExactly(5, 6);
    PartitionData data = PartitionData.load(splits.trainingRows(), 1, 2);
    assertThat(PartitionBytes.pixels(data)).containsExactly(3, 4);
    assertThat(PartitionBytes.labels(data)).containsExactly(8);
  }

  @Test
  void readsAFolderOfParquetFiles() throws IOException {
    String columns = "required binary image; required int32 label;";
    for (int i = 0; i < 3; i++) {
      java.nio.file.Path file =
          new ParquetBytes(columns)
              .row(i, new byte[] {(byte) (10 + i)})
              .write(folder.toPath().resolve("part-" + i));
      write("digits/part-" + i, Files.readAllBytes(file));
    }
    URI place = cluster.getFileSystem().getUri().resolve("/digits");
    DataFiles files = DataFiles.parquet(place, place, Optional.empty());
    DataSplits splits = DataSplits.open(files, SplitOptions.validating(1), 10);
    assertThat(splits.validation().pixels()).containsExactly(12);
    assertThat(PartitionBytes.pixels(PartitionData.load(splits.trainingRows(), 1, 2)))
        .containsExactly(11);
  }

  @Test
  void truncatedFileIsRefused() throws IOException {
    URI images = write("short", IdxBytes.images(3, 1, 2, 1, 2, 3, 4, 5));
    URI labels = write("labels-of-short", IdxBytes.labels(3, 7, 8, 9));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxReader().read(images, labels, 10))
        .withMessageContaining("short truncated: it ends after 21 bytes; expected 22 bytes");
  }

  @Test
  void missingFileIsNamed() throws IOException {
    URI missing = cluster.getFileSystem().getUri().resolve("/nowhere");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxReader().read(missing, missing, 10))
        .withMessageContaining("found no file " + missing);
  }

  private static URI write(String name, byte[] content) throws IOException {
    Path path = new Path("/" + name);
    try (OutputStream out = cluster.getFileSystem().create(path)) {
      out.write(content);
    }
    return cluster.getFileSystem().makeQualified(path).toUri();
  }
}
