package io.secateur.data;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a task finds the training rows and what they must be: the files, the sums of their rows as
 * the driver saw them, and how many of the first rows train. Small: it is shipped to every task.
 */
public final class TrainingRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RowSource source;
  private final BlockSums sums;
  private final int rows;
  private final ImageShape shape;
  private final int classes;

  TrainingRows(RowScan seen, int rows) {
    this.source = seen.pinned();
    this.sums = seen.sums();
    this.rows = rows;
    this.shape = seen.rows().imageShape();
    this.classes = seen.rows().classes();
  }

  private TrainingRows(TrainingRows all, int rows) {
    this.source = all.source;
    this.sums = all.sums;
    this.rows = rows;
    this.shape = all.shape;
    this.classes = all.classes;
  }

  /**
   * The first rows of a training file, with none kept back to validate on: for benches.
   *
   * @param examples at least 1, and no more than the file has
   * @param classes the outputs of the network; every label must be below it
   * @throws io.secateur.error.DataException when a file is missing, unreadable or wrong
   */
  public static TrainingRows first(int examples, DataFiles files, int classes) {
    RowScan seen = RowScan.of(files.train(), new Configuration(), classes, count -> RowRange.NONE);
    if (examples < 1 || examples > seen.count()) {
      throw new IllegalArgumentException(examples + " of " + seen.count() + " examples");
    }
    return new TrainingRows(seen, examples);
  }

  /**
   * The first of these rows.
   *
   * @param examples at least 1, and no more than there are
   */
  public TrainingRows first(int examples) {
    if (examples < 1 || examples > rows) {
      throw new IllegalArgumentException(examples + " of " + rows + " training rows");
    }
    return new TrainingRows(this, examples);
  }

  /** The number of training rows, over all partitions. */
  public int rows() {
    return rows;
  }

  /** The number of rows of one partition: those with i mod partitions = partition. */
  public int rowsOf(int partition, int partitions) {
    return PartitionData.rowsOf(rows, partition, partitions);
  }

  /** The shape of one image. */
  public ImageShape imageShape() {
    return shape;
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  /**
   * Reads the rows of a partition in their order, a chunk of {@link EpochOrder#CHUNK_ROWS} at a
   * time.
   *
   * @throws io.secateur.error.DataException when the files cannot be read, or do not hold what the
   *     driver saw; then also while iterating
   */
  public ChunkReader chunks(Configuration configuration, int partition, int partitions) {
    return new ChunkReader(
        source.open(configuration, classes, Fingerprinting.SKIPPED),
        source,
        sums,
        rows,
        partition,
        partitions);
  }
}
