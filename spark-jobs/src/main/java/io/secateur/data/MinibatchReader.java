package io.secateur.data;

/**
 * Hands a worker the minibatches of an epoch as a network's input: rows in {@link EpochOrder},
 * shifted by {@link ShiftAugmentation}, scaled to pixel / 255. Nothing is allocated per minibatch;
 * of a partition that lies on disk one window of the order is in memory. Not thread-safe: one
 * reader per worker.
 */
public final class MinibatchReader {
  private final PartitionData data;
  private final int batchSize;
  private final ShiftAugmentation shifts;
  private final EpochWindows order;
  private final PixelWindow pixels;
  private int epoch = -1;
  private long epochSeed;

  /**
   * @param batchSize rows in a minibatch; the last one of an epoch may be shorter
   * @param seed the job's seed, for the order of the rows
   * @throws IllegalArgumentException when the batch size is below 1
   */
  public MinibatchReader(PartitionData data, int batchSize, ShiftAugmentation shifts, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize + " is below 1");
    }
    this.data = data;
    this.batchSize = batchSize;
    this.shifts = shifts;
    this.order = new EpochWindows(seed, data.partition(), data.rows());
    this.pixels = data.window();
  }

  /** Goes to an epoch, counted from 0 through the whole job; asking for the current one is free. */
  public void startEpoch(int number) {
    if (number == epoch) {
      return;
    }
    order.startEpoch(number);
    epochSeed = shifts.epochSeed(number);
    epoch = number;
  }

  /** Minibatches in an epoch, a short last one included. */
  public int minibatches() {
    return (data.rows() + batchSize - 1) / batchSize;
  }

  /** Floats of one row. */
  public int pixelsPerRow() {
    return data.pixelsPerRow();
  }

  /**
   * Reads minibatch m of the epoch, m in [0, minibatches()).
   *
   * @param features at least [batch size][pixels]; what lies behind the rows read is left alone
   * @param labels at least [batch size]
   * @return the rows read: the batch size, or fewer in the last minibatch
   * @throws IllegalStateException when no epoch was started
   */
  public int read(int minibatch, float[] features, int[] labels) {
    if (epoch < 0) {
      throw new IllegalStateException("no epoch was started");
    }
    int first = minibatch * batchSize;
    int count = Math.min(batchSize, data.rows() - first);
    int size = data.pixelsPerRow();
    for (int i = 0; i < count; i++) {
      int row = rowAt(first + i);
      byte[] source = pixels.array(row);
      int from = pixels.offset(row);
      int shift = shifts.shiftOf(epochSeed, data.globalRow(row));
      int dx = shifts.dx(shift);
      int dy = shifts.dy(shift);
      if ((dx | dy) == 0) {
        PixelScaling.scale(source, from, features, i * size, size);
      } else {
        ShiftAugmentation.write(source, from, data.imageShape(), dx, dy, features, i * size);
      }
      labels[i] = data.label(row);
    }
    return count;
  }

  /** The row at a place of the epoch, whose pixels can be read then. */
  private int rowAt(int position) {
    if (!order.holds(position)) {
      order.seek(position);
      pixels.load(order);
    }
    return order.row(position);
  }

  /** Bytes of pixels that this reader holds beyond those that are cached. */
  long residentBytes() {
    return pixels.residentBytes();
  }
}
