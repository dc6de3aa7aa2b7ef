package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Parquet (https://parquet.apache.org): one file, or the files of a folder in the order of their
 * names; what begins with "_" or "." is passed over, as Spark does. Rows come in the order of the
 * files and, inside one, of its row groups.
 */
final class ParquetSource implements RowSource {
  private static final long serialVersionUID = 1L;

  private final URI place;

  /** Null for square images of one channel, whose length says it. */
  private final ImageShape shape;

  private final ArrayList<PinnedFile> files;

  /** A file with the length that it must have. */
  private record PinnedFile(URI uri, long bytes) implements Serializable {}

  private ParquetSource(URI place, ImageShape shape, List<PinnedFile> files) {
    this.place = place;
    this.shape = shape;
    this.files = new ArrayList<>(files);
  }

  /**
   * Files as they are when they are opened.
   *
   * @param shape of an image; empty for square images of one channel
   */
  static ParquetSource of(URI place, Optional<ImageShape> shape) {
    return new ParquetSource(place, shape.orElse(null), List.of());
  }

  @Override
  public URI place() {
    return place;
  }

  @Override
  public RowStream open(Configuration configuration, int classes, Fingerprinting fingerprinting) {
    List<FileStatus> found = new ArrayList<>();
    try {
      if (files.isEmpty()) {
        found.addAll(list(configuration));
      }
      for (PinnedFile file : files) {
        found.add(pinned(configuration, file));
      }
    } catch (FileNotFoundException e) {
      throw new DataException(
          new Problem(
              "no file or folder " + place + " (" + e.getMessage() + ")",
              "a Parquet file, or a folder of them",
              "correct its place, or put the files there"),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw ParquetErrors.unreadable(place.toString(), e);
    }
    return ParquetRows.open(this, configuration, found, classes, fingerprinting);
  }

  /** The shape of an image, null when its length has to say it. */
  ImageShape shape() {
    return shape;
  }

  /** This source with exactly these files and this shape of images. */
  ParquetSource pinnedTo(List<FileStatus> found, ImageShape known) {
    List<PinnedFile> lengths =
        found.stream()
            .map(status -> new PinnedFile(status.getPath().toUri(), status.getLen()))
            .toList();
    return new ParquetSource(place, known, lengths);
  }

  private List<FileStatus> list(Configuration configuration) throws IOException {
    Path path = new Path(place);
    FileSystem filesystem = path.getFileSystem(configuration);
    FileStatus status = filesystem.getFileStatus(path);
    if (!status.isDirectory()) {
      return List.of(status);
    }
    List<FileStatus> inside =
        Arrays.stream(filesystem.listStatus(path))
            .filter(file -> !file.getPath().getName().matches("[_.].*"))
            .sorted(Comparator.comparing(file -> file.getPath().getName()))
            .toList();
    if (inside.isEmpty()) {
      throw new DataException(
          "the folder " + place + " without a file",
          "a folder of Parquet files",
          "correct its place, or put the files there");
    }
    for (FileStatus file : inside) {
      if (file.isDirectory()) {
        throw new DataException(
            "the folder " + file.getPath() + " inside a folder of Parquet files",
            "files only: a table without partition columns",
            "write the table without partitionBy, or name one of its folders");
      }
    }
    return inside;
  }

  private static FileStatus pinned(Configuration configuration, PinnedFile file)
      throws IOException {
    Path path = new Path(file.uri());
    FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
    if (status.getLen() != file.bytes()) {
      throw FileLengths.changed(file.uri(), status.getLen(), file.bytes());
    }
    return status;
  }
}
