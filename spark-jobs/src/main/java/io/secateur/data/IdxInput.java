package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One IDX file that is read from its first byte to its last: header on opening, then the rows, then
 * nothing may follow. A header that promises more than the file can hold is refused before memory
 * is taken for it.
 */
final class IdxInput implements Closeable {
  private static final int BLOCK_BYTES = 1 << 18;

  /** No deflate stream grows by more than this (RFC 1951: 258 bytes from 2 bits). */
  private static final long DEFLATE_LIMIT = 1032;

  private static final int MOST_ROWS = Integer.MAX_VALUE;

  private final URI uri;
  private final IdxKind kind;
  private final InputStream in;
  private final long fileBytes;
  private final MessageDigest digest;
  private int count;
  private int height = 1;
  private int width = 1;
  private long read;
  private String sha256;

  private IdxInput(
      URI uri, IdxKind kind, InputStream in, long fileBytes, Fingerprinting fingerprinting) {
    this.uri = uri;
    this.kind = kind;
    this.in = in;
    this.fileBytes = fileBytes;
    this.digest = fingerprinting == Fingerprinting.TAKEN ? Fingerprints.sha256() : null;
  }

  /** Opens a file and reads its header. */
  static IdxInput open(
      Configuration configuration, URI uri, IdxKind kind, Fingerprinting fingerprinting) {
    InputStream raw = null;
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(configuration);
      long length = lengthOf(files, path, uri, kind);
      raw = new BufferedInputStream(files.open(path), BLOCK_BYTES);
      boolean gzip = startsAsGzip(raw);
      // strict: bytes behind the compressed data are an error, java.util.zip would pass over them
      IdxInput input =
          new IdxInput(
              uri,
              kind,
              gzip ? new GzipCompressorInputStream(raw, true) : raw,
              length,
              fingerprinting);
      input.readHeader();
      input.requireLength(gzip);
      return input;
    } catch (IOException | IllegalArgumentException e) {
      closeQuietly(raw);
      throw unreadable(uri, kind, e);
    } catch (DataException e) {
      closeQuietly(raw);
      throw e;
    }
  }

  private static long lengthOf(FileSystem files, Path path, URI uri, IdxKind kind)
      throws IOException {
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new DataException(
          new Problem(
              "no file " + uri,
              "an IDX file of " + kind.words(),
              "correct its place, or put the file there"),
          e);
    }
    if (status.isDirectory()) {
      throw new DataException(
          "the folder " + uri, "a file of " + kind.words(), "name the file inside the folder");
    }
    return status.getLen();
  }

  int count() {
    return count;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int rowBytes() {
    return height * width;
  }

  /** The length of the file as it lies there, compressed or not. */
  long fileBytes() {
    return fileBytes;
  }

  /** Reads the next rows into target, one behind the other; no more than are left. */
  void read(byte[] target, int rows) {
    fill(target, rows * rowBytes());
  }

  /** Checks that nothing follows. */
  void finish() {
    requireEnd();
    if (digest != null) {
      sha256 = Fingerprints.text(digest);
    }
  }

  /** "sha256:…" of the uncompressed content, once it is finished and when it is taken. */
  Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  @Override
  public void close() {
    closeQuietly(in);
  }

  private void readHeader() {
    byte[] magic = new byte[4];
    fill(magic, magic.length);
    int found = ByteBuffer.wrap(magic).getInt();
    if (found != kind.magic()) {
      throw wrongMagic(found);
    }
    byte[] sizes = new byte[4 * kind.dimensions()];
    fill(sizes, sizes.length);
    ByteBuffer buffer = ByteBuffer.wrap(sizes);
    long rows = Integer.toUnsignedLong(buffer.getInt());
    long high = kind == IdxKind.IMAGES ? Integer.toUnsignedLong(buffer.getInt()) : 1;
    long wide = kind == IdxKind.IMAGES ? Integer.toUnsignedLong(buffer.getInt()) : 1;
    boolean fits =
        rows >= 1
            && rows <= MOST_ROWS
            && high >= 1
            && wide >= 1
            && high <= RowStream.MOST_PIXELS
            && wide <= RowStream.MOST_PIXELS / high;
    if (!fits) {
      String dimensions = kind == IdxKind.IMAGES ? rows + " x " + high + " x " + wide : "" + rows;
      throw new DataException(
          "dimensions " + dimensions + " in the header of " + uri,
          kind == IdxKind.IMAGES
              ? String.format(
                  "images x height x width, each at least 1, at most %,d images of %,d pixels",
                  MOST_ROWS, RowStream.MOST_PIXELS)
              : String.format("from 1 to %,d labels", MOST_ROWS),
          "fetch or write the file again");
    }
    count = (int) rows;
    height = (int) high;
    width = (int) wide;
  }

  private DataException wrongMagic(int found) {
    IdxKind other = kind == IdxKind.IMAGES ? IdxKind.LABELS : IdxKind.IMAGES;
    if (found == other.magic()) {
      return new DataException(
          "a file of "
              + other.words()
              + " (magic "
              + found
              + ") in the place of the "
              + kind.words()
              + ": "
              + uri,
          "a file of " + kind.words() + " (magic " + kind.magic() + ")",
          "images and labels are swapped: exchange the two paths");
    }
    return new DataException(
        String.format("magic 0x%08x at the start of %s", found, uri),
        String.format(
            "0x%08x (an IDX file of %s, unsigned bytes in %d dimension%s), gzip or not",
            kind.magic(), kind.words(), kind.dimensions(), kind.dimensions() == 1 ? "" : "s"),
        "name an IDX file, or fetch it again");
  }

  private long expectedBytes() {
    return kind.headerBytes() + (long) count * rowBytes();
  }

  private void requireLength(boolean gzip) {
    if (gzip) {
      if (expectedBytes() > fileBytes * DEFLATE_LIMIT) {
        throw truncated(String.format("%,d compressed bytes", fileBytes));
      }
    } else if (fileBytes < expectedBytes()) {
      throw truncated(String.format("%,d bytes", fileBytes));
    } else if (fileBytes > expectedBytes()) {
      throw trailing(String.format("%,d bytes", fileBytes));
    }
  }

  private void fill(byte[] target, int length) {
    try {
      int got = in.readNBytes(target, 0, length);
      read += got;
      if (got < length) {
        throw truncated(String.format("%,d bytes", read));
      }
    } catch (EOFException e) {
      // the compressed data end early; what was unpacked of this piece is not known
      throw truncated(String.format("its compressed data, %,d bytes unpacked", read));
    } catch (IOException e) {
      throw unreadable(uri, kind, e);
    }
    if (digest != null) {
      digest.update(target, 0, length);
    }
  }

  private void requireEnd() {
    try {
      if (in.read() >= 0) {
        throw trailing(String.format("more than %,d bytes", read));
      }
    } catch (EOFException e) {
      throw truncated("its compressed data without their checksum");
    } catch (IOException e) {
      throw unreadable(uri, kind, e);
    }
  }

  private DataException truncated(String end) {
    return new DataException(
        uri + " truncated: it ends after " + end, expectation(), "fetch or copy the file again");
  }

  private DataException trailing(String length) {
    return new DataException(
        length + " in " + uri + ": trailing bytes", expectation(), "fetch or copy the file again");
  }

  private String expectation() {
    if (count == 0) {
      return "a header of " + kind.headerBytes() + " bytes and its " + kind.words();
    }
    return kind == IdxKind.IMAGES
        ? String.format(
            "%,d bytes, for %,d images of %d x %d", expectedBytes(), count, height, width)
        : String.format("%,d bytes, for %,d labels", expectedBytes(), count);
  }

  private static boolean startsAsGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return gzip;
  }

  private static DataException unreadable(URI uri, IdxKind kind, Exception cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new DataException(
        new Problem(
            uri + ", which can't be read (" + reason + ")",
            "a readable IDX file of " + kind.words() + ", gzip or not",
            "check that the file is whole, that its filesystem answers and that you may read it"),
        cause);
  }

  private static void closeQuietly(InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        // nothing was written, so nothing is lost
      }
    }
  }
}
