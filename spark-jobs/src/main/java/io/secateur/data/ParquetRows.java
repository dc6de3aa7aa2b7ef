package io.secateur.data;

import io.secateur.error.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The rows of Parquet files, one file after the other. Every file's schema is checked before the
 * first row is read. The fingerprint is the SHA-256 of the bytes of the files in their order.
 */
final class ParquetRows implements RowStream {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ParquetSource source;
  private final Configuration configuration;
  private final List<FileStatus> files;
  private final int classes;
  private final Fingerprinting fingerprinting;
  private final SortedMap<String, String> fingerprints = new TreeMap<>();
  private int count;
  private ImageShape shape;
  private int nextFile;
  private long leftInFile;
  private int read;
  private ParquetFileRows current;

  private ParquetRows(
      ParquetSource source,
      Configuration configuration,
      List<FileStatus> files,
      int classes,
      Fingerprinting fingerprinting) {
    this.source = source;
    this.configuration = configuration;
    this.files = files;
    this.classes = classes;
    this.fingerprinting = fingerprinting;
  }

  static ParquetRows open(
      ParquetSource source,
      Configuration configuration,
      List<FileStatus> files,
      int classes,
      Fingerprinting fingerprinting) {
    ParquetRows rows = new ParquetRows(source, configuration, files, classes, fingerprinting);
    try {
      rows.checkFiles();
      rows.advance();
      rows.findShape();
      return rows;
    } catch (DataException e) {
      rows.close();
      throw e;
    }
  }

  private void checkFiles() {
    long rows = 0;
    for (FileStatus file : files) {
      try (ParquetFileRows opened = ParquetFileRows.open(configuration, file, classes)) {
        rows += opened.count();
      } catch (DataException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw ParquetErrors.unreadable(file.getPath().toString(), e);
      }
    }
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw new DataException(
          String.format("%,d rows in %s", rows, source.place()),
          String.format("from 1 to %,d rows", Integer.MAX_VALUE),
          "name a table of this size");
    }
    count = (int) rows;
  }

  private void findShape() {
    shape = source.shape();
    if (shape == null) {
      int side = (int) Math.round(Math.sqrt(current.length()));
      if (side < 1 || side * side != current.length()) {
        throw new DataException(
            String.format(
                "an image of %,d pixels in column image at row %d of %s, and no shape",
                current.length(), current.row(), current.file()),
            "square images of one channel, or data.shape",
            "add shape: [CHANNELS, HEIGHT, WIDTH] to data in the job file");
      }
      shape = new ImageShape(1, side, side);
    }
  }

  /** Goes to the next row of whatever file has it. */
  private void advance() {
    String file = "";
    try {
      while (leftInFile == 0) {
        closeCurrent();
        FileStatus next = files.get(nextFile++);
        file = next.getPath().toString();
        current = ParquetFileRows.open(configuration, next, classes);
        leftInFile = current.count();
      }
      file = current.file();
      current.next();
      leftInFile--;
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ParquetErrors.unreadable(file, e);
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public ImageShape imageShape() {
    return shape;
  }

  @Override
  public void read(byte[] pixels, short[] labels, int rows) {
    int size = shape.pixels();
    for (int i = 0; i < rows; i++) {
      if (current.length() != size) {
        throw ParquetErrors.value(
            ParquetErrors.IMAGE,
            String.format("an image of %,d pixels", current.length()),
            current.row(),
            current.file(),
            String.format("%,d pixels, an image of %s, in every row", size, shape));
      }
      System.arraycopy(current.pixels(), 0, pixels, i * size, size);
      labels[i] = (short) current.label();
      read++;
      if (read < count) {
        advance();
      }
    }
  }

  @Override
  public void finish() {
    if (fingerprinting == Fingerprinting.TAKEN) {
      MessageDigest digest = Fingerprints.sha256();
      for (FileStatus file : files) {
        hash(file, digest);
      }
      fingerprints.put("", Fingerprints.text(digest));
    }
  }

  private void hash(FileStatus file, MessageDigest digest) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try {
      FileSystem filesystem = file.getPath().getFileSystem(configuration);
      try (InputStream in = filesystem.open(file.getPath())) {
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
          digest.update(buffer, 0, got);
          bytes += got;
        }
      }
      long changed = filesystem.getFileStatus(file.getPath()).getModificationTime();
      if (bytes != file.getLen() || changed != file.getModificationTime()) {
        throw FileLengths.changed(file.getPath().toUri(), bytes, file.getLen());
      }
    } catch (IOException e) {
      throw ParquetErrors.unreadable(file.getPath().toString(), e);
    }
  }

  @Override
  public SortedMap<String, String> fingerprints() {
    return new TreeMap<>(fingerprints);
  }

  @Override
  public RowSource pinned() {
    return source.pinnedTo(files, shape);
  }

  @Override
  public void close() {
    try {
      closeCurrent();
    } catch (IOException e) {
      // nothing was written, so nothing is lost
    }
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
