package io.secateur.data;

import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;

/**
 * Pixels in a file of this machine: chunk c at c x 1,024 x the bytes of a row. For a partition that
 * memory does not hold: a reader has one window of 16 chunks in memory, or, when even that is more
 * than {@value #MOST_WINDOW_BYTES} bytes, one row.
 *
 * <p>The file has no name as soon as it is open, so that nothing is left behind however the process
 * ends. It is a RandomAccessFile because a channel closes itself, for all of its readers, when one
 * of them is interrupted, as the slower of two attempts of a task is.
 */
final class DiskPixels implements PixelStore {
  static final int MOST_WINDOW_BYTES = 64 << 20;

  private final RandomAccessFile file;
  private final int rows;
  private final int rowBytes;
  private final int mostWindowBytes;

  private DiskPixels(RandomAccessFile file, int rows, int rowBytes, int mostWindowBytes) {
    this.file = file;
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.mostWindowBytes = mostWindowBytes;
  }

  /**
   * An empty file that {@link #append} fills.
   *
   * @param place of a file that does not exist yet
   * @param rows that it will have
   * @throws ClusterException when it can't be made
   */
  static DiskPixels create(File place, int rows, int rowBytes) {
    return create(place, rows, rowBytes, MOST_WINDOW_BYTES);
  }

  static DiskPixels create(File place, int rows, int rowBytes, int mostWindowBytes) {
    try {
      RandomAccessFile file = new RandomAccessFile(place, "rw");
      Files.delete(place.toPath());
      return new DiskPixels(file, rows, rowBytes, mostWindowBytes);
    } catch (IOException e) {
      throw failed("open " + place, e);
    }
  }

  /** Adds the next chunk. */
  void append(byte[] chunk) {
    try {
      file.write(chunk);
    } catch (IOException e) {
      close();
      throw failed("write", e);
    }
  }

  private void read(long row, byte[] target, int length) {
    synchronized (file) {
      try {
        file.seek(row * rowBytes);
        file.readFully(target, 0, length);
      } catch (IOException e) {
        throw failed("read", e);
      }
    }
  }

  private static ClusterException failed(String what, IOException e) {
    return new ClusterException(
        new Problem(
            "training rows that do not fit in memory, and no file for them: can't "
                + what
                + " ("
                + e.getMessage()
                + ")",
            "room on a local disk of every worker for twice its rows",
            "set spark.local.dir to a disk with room, or give the workers more memory"),
        e);
  }

  @Override
  public PixelWindow window() {
    long windowBytes = (long) EpochOrder.CHUNK_ROWS * EpochOrder.WINDOW_CHUNKS * rowBytes;
    return windowBytes <= mostWindowBytes ? new Chunks() : new SingleRow();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // it has no name any more: nobody can miss what was in it
    }
  }

  /** The chunks of a window, in buffers that are used again for the next one. */
  private final class Chunks implements PixelWindow {
    private final byte[][] buffers = new byte[EpochOrder.WINDOW_CHUNKS][];
    private final int[] bufferOf = new int[EpochOrder.chunks(rows)];

    @Override
    public void load(EpochWindows window) {
      for (int i = 0; i < window.windowChunks(); i++) {
        int chunk = window.windowChunk(i);
        long first = (long) chunk * EpochOrder.CHUNK_ROWS;
        int size = (int) Math.min(EpochOrder.CHUNK_ROWS, rows - first);
        if (buffers[i] == null) {
          buffers[i] = new byte[Math.min(EpochOrder.CHUNK_ROWS, rows) * rowBytes];
        }
        read(first, buffers[i], size * rowBytes);
        bufferOf[chunk] = i;
      }
    }

    @Override
    public byte[] array(int row) {
      return buffers[bufferOf[row / EpochOrder.CHUNK_ROWS]];
    }

    @Override
    public int offset(int row) {
      return row % EpochOrder.CHUNK_ROWS * rowBytes;
    }

    @Override
    public long residentBytes() {
      long bytes = 0;
      for (byte[] buffer : buffers) {
        bytes += buffer == null ? 0 : buffer.length;
      }
      return bytes;
    }
  }

  /** For large images: each row is read when it is asked for. */
  private final class SingleRow implements PixelWindow {
    private final byte[] buffer = new byte[rowBytes];

    @Override
    public void load(EpochWindows window) {}

    @Override
    public byte[] array(int row) {
      read(row, buffer, rowBytes);
      return buffer;
    }

    @Override
    public int offset(int row) {
      return 0;
    }

    @Override
    public long residentBytes() {
      return buffer.length;
    }
  }
}
