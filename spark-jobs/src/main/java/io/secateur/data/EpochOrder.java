package io.secateur.data;

/**
 * The order in which a partition's rows are visited in an epoch. Rows are kept in chunks of 1,024;
 * an epoch permutes the chunks, then the rows inside each window of 16 chunks: a worker whose rows
 * do not fit in memory reads one window at a time and still gets the very same order.
 */
public final class EpochOrder {
  /** Rows in a chunk; the last chunk of a partition may be shorter. */
  public static final int CHUNK_ROWS = 1024;

  /** Chunks in a window; the last window of an epoch may be shorter. */
  public static final int WINDOW_CHUNKS = 16;

  private static final long PURPOSE = Seeds.of("epoch-order");

  private EpochOrder() {}

  /**
   * The rows of a partition in the order of an epoch: a permutation of [0, rows).
   *
   * @param seed the job's seed
   * @param epoch runs on through the whole job
   * @param partition the worker's number
   */
  public static int[] of(long seed, int epoch, int partition, int rows) {
    RandomStream random = random(seed, epoch, partition);
    int[] chunks = new int[chunks(rows)];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = i;
    }
    random.shuffle(chunks, 0, chunks.length);
    int[] order = new int[rows];
    int end = 0;
    int windowStart = 0;
    for (int i = 0; i < chunks.length; i++) {
      int chunkEnd = (int) Math.min(rows, (chunks[i] + 1L) * CHUNK_ROWS);
      for (int row = chunks[i] * CHUNK_ROWS; row < chunkEnd; row++) {
        order[end++] = row;
      }
      if ((i + 1) % WINDOW_CHUNKS == 0 || i == chunks.length - 1) {
        random.shuffle(order, windowStart, end);
        windowStart = end;
      }
    }
    return order;
  }

  static RandomStream random(long seed, int epoch, int partition) {
    return Seeds.random(PURPOSE, seed, epoch, partition);
  }

  /** The chunks of so many rows, a short last one included. */
  static int chunks(int rows) {
    return (int) (((long) rows + CHUNK_ROWS - 1) / CHUNK_ROWS);
  }
}
