package io.secateur.data;

/**
 * {@link EpochOrder} a window at a time: what a reader holds of an epoch's order does not grow with
 * the partition. Going forward is cheap, going back starts the epoch again. Not thread-safe.
 */
final class EpochWindows {
  private final long seed;
  private final int partition;
  private final int rows;
  private final int[] chunks;
  private final int[] order;
  private RandomStream random;
  private int epoch = -1;
  private int nextChunk;
  private int firstChunk;
  private int start;
  private int end;

  /**
   * @param rows of the partition
   */
  EpochWindows(long seed, int partition, int rows) {
    this.seed = seed;
    this.partition = partition;
    this.rows = rows;
    this.chunks = new int[EpochOrder.chunks(rows)];
    this.order = new int[Math.min(rows, EpochOrder.CHUNK_ROWS * EpochOrder.WINDOW_CHUNKS)];
  }

  /** Goes to the beginning of an epoch, before its first window. */
  void startEpoch(int number) {
    epoch = number;
    random = EpochOrder.random(seed, number, partition);
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = i;
    }
    random.shuffle(chunks, 0, chunks.length);
    nextChunk = 0;
    firstChunk = 0;
    start = 0;
    end = 0;
  }

  /** Whether the window at hand has this place of the epoch. */
  boolean holds(int position) {
    return position >= start && position < end;
  }

  /** Goes to the window with a place of the epoch, in [0, rows). */
  void seek(int position) {
    if (position < start) {
      startEpoch(epoch);
    }
    while (position >= end) {
      advance();
    }
  }

  private void advance() {
    firstChunk = nextChunk;
    nextChunk = Math.min(chunks.length, firstChunk + EpochOrder.WINDOW_CHUNKS);
    start = end;
    int size = 0;
    for (int i = firstChunk; i < nextChunk; i++) {
      int first = chunks[i] * EpochOrder.CHUNK_ROWS;
      int chunkEnd = (int) Math.min(rows, (long) first + EpochOrder.CHUNK_ROWS);
      for (int row = first; row < chunkEnd; row++) {
        order[size++] = row;
      }
    }
    random.shuffle(order, 0, size);
    end = start + size;
  }

  /** The row of the partition at a place that the window holds. */
  int row(int position) {
    return order[position - start];
  }

  /** How many chunks the window has, at most {@link EpochOrder#WINDOW_CHUNKS}. */
  int windowChunks() {
    return nextChunk - firstChunk;
  }

  /** The number of the window's chunk i in the partition. */
  int windowChunk(int i) {
    return chunks[firstChunk + i];
  }
}
