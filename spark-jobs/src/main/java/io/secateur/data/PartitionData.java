package io.secateur.data;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The training rows of one worker, as raw bytes: row i of the training rows belongs to partition i
 * mod P, and a partition keeps its rows in their order. Holds primitive arrays and ints only, so
 * that Java and Kryo serialise it alike.
 */
public final class PartitionData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] pixels;
  private final byte[] labels;
  private final int height;
  private final int width;
  private final int classes;
  private final int partition;
  private final int partitions;

  private PartitionData(LabelledImages rows, int partition, int partitions) {
    this.pixels = rows.pixels();
    this.labels = rows.labels();
    this.height = rows.height();
    this.width = rows.width();
    this.classes = rows.classes();
    this.partition = partition;
    this.partitions = partitions;
  }

  /**
   * Reads a partition's rows from the training files, inside a task.
   *
   * @throws io.secateur.error.DataException when the files cannot be read, or do not hold what the
   *     driver saw
   */
  public static PartitionData load(TrainingRows rows, int partition, int partitions) {
    int count = rows.rowsOf(partition, partitions);
    int size = rows.height() * rows.width();
    byte[] pixels = new byte[count * size];
    byte[] labels = new byte[count];
    int row = 0;
    try (ChunkReader chunks = rows.chunks(new Configuration(), partition, partitions)) {
      while (chunks.hasNext()) {
        RowChunk chunk = chunks.next();
        System.arraycopy(chunk.pixels(), 0, pixels, row * size, chunk.pixels().length);
        System.arraycopy(chunk.labels(), 0, labels, row, chunk.rows());
        row += chunk.rows();
      }
    }
    return new PartitionData(
        LabelledImages.wrapping(pixels, labels, rows.height(), rows.width(), rows.classes()),
        partition,
        partitions);
  }

  /** The rows of a partition out of all training rows, copied. */
  public static PartitionData of(LabelledImages training, int partition, int partitions) {
    int rows = rowsOf(training.count(), partition, partitions);
    int size = training.pixelsPerRow();
    byte[] pixels = new byte[rows * size];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      int global = row * partitions + partition;
      System.arraycopy(training.pixels(), global * size, pixels, row * size, size);
      labels[row] = training.labels()[global];
    }
    return new PartitionData(
        LabelledImages.wrapping(
            pixels, labels, training.height(), training.width(), training.classes()),
        partition,
        partitions);
  }

  /** How many of so many training rows a partition gets. */
  static int rowsOf(int trainingRows, int partition, int partitions) {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException("partition " + partition + " of " + partitions);
    }
    return (trainingRows - partition + partitions - 1) / partitions;
  }

  /** The number of rows of this partition. */
  public int rows() {
    return labels.length;
  }

  /** This partition's number, in [0, partitions). */
  public int partition() {
    return partition;
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** Height x width. */
  public int pixelsPerRow() {
    return height * width;
  }

  /** The pixels themselves, not a copy: unsigned bytes, [rows][height x width]. */
  public byte[] pixels() {
    return pixels;
  }

  /** The labels themselves, not a copy: unsigned bytes, [rows]. */
  public byte[] labels() {
    return labels;
  }

  /** The place of a row of this partition among all training rows. */
  public long globalRow(int row) {
    return (long) row * partitions + partition;
  }
}
