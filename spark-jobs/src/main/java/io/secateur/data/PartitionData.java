package io.secateur.data;

import java.io.Closeable;
import java.io.File;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * The training rows of one worker, as raw bytes, in the JVM that trains on them: row i of the
 * training rows belongs to partition i mod P, and a partition keeps its rows in their order. Pixels
 * lie in memory or in a file, labels (two bytes a row) always in memory; readers get the same bytes
 * either way. Immutable and thread-safe: any number of {@link MinibatchReader}s read one.
 */
public final class PartitionData implements Closeable {
  private final PixelStore pixels;
  private final short[][] labels;
  private final int rows;
  private final ImageShape shape;
  private final int classes;
  private final int partition;
  private final int partitions;

  private PartitionData(
      PixelStore pixels, short[][] labels, TrainingRows source, int partition, int partitions) {
    this(
        pixels,
        labels,
        source.rowsOf(partition, partitions),
        source.imageShape(),
        source.classes(),
        partition,
        partitions);
  }

  private PartitionData(
      PixelStore pixels,
      short[][] labels,
      int rows,
      ImageShape shape,
      int classes,
      int partition,
      int partitions) {
    this.pixels = pixels;
    this.labels = labels;
    this.rows = rows;
    this.shape = shape;
    this.classes = classes;
    this.partition = partition;
    this.partitions = partitions;
  }

  /**
   * A partition whose pixels stay in the chunks' own arrays.
   *
   * @param chunks all of the partition, in order
   */
  public static PartitionData inMemory(
      TrainingRows source, int partition, int partitions, Iterator<RowChunk> chunks) {
    int count = EpochOrder.chunks(source.rowsOf(partition, partitions));
    byte[][] pixels = new byte[count][];
    short[][] labels = new short[count][];
    for (int i = 0; i < count; i++) {
      RowChunk chunk = chunks.next();
      pixels[i] = chunk.pixels();
      labels[i] = chunk.labels();
    }
    requireEnd(chunks);
    PixelStore store = new MemoryPixels(pixels, source.imageShape().pixels());
    return new PartitionData(store, labels, source, partition, partitions);
  }

  /**
   * A partition whose pixels go to a file, one chunk after the other.
   *
   * @param chunks all of the partition, in order; one is in memory at a time
   * @param place of a file that does not exist yet; it has no name any more when this returns
   * @throws io.secateur.error.ClusterException when the file can't be written
   */
  public static PartitionData onDisk(
      TrainingRows source, int partition, int partitions, Iterator<RowChunk> chunks, File place) {
    int rows = source.rowsOf(partition, partitions);
    short[][] labels = new short[EpochOrder.chunks(rows)][];
    DiskPixels store = DiskPixels.create(place, rows, source.imageShape().pixels());
    for (int i = 0; i < labels.length; i++) {
      RowChunk chunk = chunks.next();
      store.append(chunk.pixels());
      labels[i] = chunk.labels();
    }
    requireEnd(chunks);
    return new PartitionData(store, labels, source, partition, partitions);
  }

  /** The end is asked for, not only known: a source checks itself and closes there. */
  private static void requireEnd(Iterator<RowChunk> chunks) {
    if (chunks.hasNext()) {
      throw new IllegalStateException("more chunks than the partition has rows for");
    }
  }

  /**
   * Reads a partition's rows from the training files into memory.
   *
   * @throws io.secateur.error.DataException when the files cannot be read, or do not hold what the
   *     driver saw
   */
  public static PartitionData load(TrainingRows rows, int partition, int partitions) {
    try (ChunkReader chunks = rows.chunks(new Configuration(), partition, partitions)) {
      return inMemory(rows, partition, partitions, chunks);
    }
  }

  /** The rows of a partition out of all training rows, copied. */
  public static PartitionData of(LabelledImages training, int partition, int partitions) {
    int rows = rowsOf(training.count(), partition, partitions);
    int size = training.pixelsPerRow();
    byte[][] pixels = new byte[EpochOrder.chunks(rows)][];
    short[][] labels = new short[pixels.length][];
    for (int chunk = 0; chunk < pixels.length; chunk++) {
      int first = chunk * EpochOrder.CHUNK_ROWS;
      int count = Math.min(EpochOrder.CHUNK_ROWS, rows - first);
      pixels[chunk] = new byte[count * size];
      labels[chunk] = new short[count];
      for (int row = 0; row < count; row++) {
        int global = (first + row) * partitions + partition;
        System.arraycopy(training.pixels(), global * size, pixels[chunk], row * size, size);
        labels[chunk][row] = training.labels()[global];
      }
    }
    return new PartitionData(
        new MemoryPixels(pixels, size),
        labels,
        rows,
        training.imageShape(),
        training.classes(),
        partition,
        partitions);
  }

  /** How many of so many training rows a partition gets. */
  static int rowsOf(int trainingRows, int partition, int partitions) {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException("partition " + partition + " of " + partitions);
    }
    return (int) (((long) trainingRows - partition + partitions - 1) / partitions);
  }

  /** The number of rows of this partition. */
  public int rows() {
    return rows;
  }

  /** This partition's number, in [0, partitions). */
  public int partition() {
    return partition;
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  ImageShape imageShape() {
    return shape;
  }

  /** Channels x height x width. */
  public int pixelsPerRow() {
    return shape.pixels();
  }

  /** A view of the pixels for one reader. */
  PixelWindow window() {
    return pixels.window();
  }

  /** The label of one row, in [0, classes). */
  int label(int row) {
    return Short.toUnsignedInt(labels[row / EpochOrder.CHUNK_ROWS][row % EpochOrder.CHUNK_ROWS]);
  }

  /** The place of a row of this partition among all training rows. */
  public long globalRow(int row) {
    return (long) row * partitions + partition;
  }

  /** Frees the file, if there is one; readers must be done. */
  @Override
  public void close() {
    pixels.close();
  }
}
