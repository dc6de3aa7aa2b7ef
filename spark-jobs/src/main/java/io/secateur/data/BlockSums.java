package io.secateur.data;

import io.secateur.error.DataException;
import java.io.Serializable;
import java.util.zip.CRC32C;

/**
 * The CRC32C of every block of rows (their pixels, then their labels) as the driver read them: a
 * task checks each block that it reads before it uses one of its rows, and need not hash files.
 */
final class BlockSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int MOST_ROWS = 1024;

  private final int rows;
  private final int rowBytes;
  private final int blockRows;
  private final int[] sums;

  /** Sums to be filled by {@link #take}. */
  BlockSums(int rows, int rowBytes) {
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.blockRows = Math.max(1, Math.min(MOST_ROWS, BLOCK_BYTES / rowBytes));
    this.sums = new int[(rows + blockRows - 1) / blockRows];
  }

  /** Rows of a block; the last one may be shorter. */
  int blockRows() {
    return blockRows;
  }

  int blocks() {
    return sums.length;
  }

  int firstRow(int block) {
    return block * blockRows;
  }

  int rowsOf(int block) {
    return Math.min(blockRows, rows - firstRow(block));
  }

  /** Notes the sum of a block. */
  void take(int block, byte[] pixels, short[] labels) {
    sums[block] = sum(block, pixels, labels);
  }

  /**
   * Checks a block against its sum.
   *
   * @throws DataException when it has other rows than the driver saw
   */
  void require(int block, byte[] pixels, short[] labels, RowSource source) {
    if (sums[block] != sum(block, pixels, labels)) {
      int first = firstRow(block);
      throw new DataException(
          String.format(
              "other content in rows %,d to %,d of %s",
              first, first + rowsOf(block) - 1, source.place()),
          "the rows that the job read when it began",
          "leave the files alone while a job runs, and give every host the same ones");
    }
  }

  private int sum(int block, byte[] pixels, short[] labels) {
    CRC32C crc = new CRC32C();
    crc.update(pixels, 0, rowsOf(block) * rowBytes);
    for (int i = 0; i < rowsOf(block); i++) {
      crc.update(labels[i] & 0xFF);
      crc.update(labels[i] >>> Byte.SIZE & 0xFF);
    }
    return (int) crc.getValue();
  }
}
