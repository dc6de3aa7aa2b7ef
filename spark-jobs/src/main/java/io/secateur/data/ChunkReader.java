package io.secateur.data;

import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The rows of one partition, read from the source a chunk at a time: row i of the training rows
 * belongs to partition i mod P. Every block of rows is checked against the driver's sum before a
 * row of it is handed out. Holds one block and one chunk, whatever the size of the files; closes
 * itself at the end.
 */
public final class ChunkReader implements Iterator<RowChunk>, Closeable {
  private final RowStream stream;
  private final RowSource source;
  private final BlockSums sums;
  private final int trainingRows;
  private final int partitions;
  private final int rowBytes;
  private final byte[] blockPixels;
  private final short[] blockLabels;
  private int blocksRead;
  private long next;
  private int left;

  ChunkReader(
      RowStream stream,
      RowSource source,
      BlockSums sums,
      int trainingRows,
      int partition,
      int partitions) {
    this.stream = stream;
    this.source = source;
    this.sums = sums;
    this.trainingRows = trainingRows;
    this.partitions = partitions;
    this.rowBytes = stream.imageShape().pixels();
    this.blockPixels = new byte[sums.blockRows() * rowBytes];
    this.blockLabels = new short[sums.blockRows()];
    this.next = partition;
    this.left = PartitionData.rowsOf(trainingRows, partition, partitions);
  }

  @Override
  public boolean hasNext() {
    if (left == 0) {
      close();
    }
    return left > 0;
  }

  @Override
  public RowChunk next() {
    if (left == 0) {
      throw new NoSuchElementException("all rows below " + trainingRows + " were read");
    }
    int rows = Math.min(EpochOrder.CHUNK_ROWS, left);
    byte[] pixels = new byte[rows * rowBytes];
    short[] labels = new short[rows];
    for (int row = 0; row < rows; row++) {
      int inBlock = (int) (next - readUpTo(next));
      System.arraycopy(blockPixels, inBlock * rowBytes, pixels, row * rowBytes, rowBytes);
      labels[row] = blockLabels[inBlock];
      next += partitions;
    }
    left -= rows;
    return RowChunk.wrapping(pixels, labels);
  }

  /** Reads on until the block with this row is there; returns that block's first row. */
  private int readUpTo(long row) {
    int block = (int) (row / sums.blockRows());
    while (blocksRead <= block) {
      stream.read(blockPixels, blockLabels, sums.rowsOf(blocksRead));
      sums.require(blocksRead, blockPixels, blockLabels, source);
      blocksRead++;
    }
    return sums.firstRow(block);
  }

  @Override
  public void close() {
    stream.close();
  }
}
