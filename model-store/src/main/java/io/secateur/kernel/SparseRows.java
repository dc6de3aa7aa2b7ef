package io.secateur.kernel;

import java.util.Arrays;

/**
 * Which weights of a matrix survive, row by row (CSR). Every row is filled up to a multiple of
 * {@link #GROUP} entries, so that loops have no rest: an entry that fills up is a weight of zero in
 * a column of zeros. Immutable.
 */
public final class SparseRows {
  /** Entries are read in groups of so many. */
  public static final int GROUP = 4;

  private static final int FILLER = -1;

  private final int columns;
  private final int survivors;
  private final int[] starts;
  private final int[] columnOf;

  private SparseRows(int columns, int survivors, int[] starts, int[] columnOf) {
    this.columns = columns;
    this.survivors = survivors;
    this.starts = starts;
    this.columnOf = columnOf;
  }

  /**
   * The rows of a matrix [rows, columns].
   *
   * @param survivors the flat indices of what survives, ascending
   * @throws IllegalArgumentException when they are not ascending or not inside the matrix
   */
  public static SparseRows of(int rows, int columns, int[] survivors) {
    int[] counts = new int[rows];
    int before = -1;
    for (int index : survivors) {
      if (index <= before || index >= (long) rows * columns) {
        throw new IllegalArgumentException(
            "survivor " + index + " after " + before + " of [" + rows + ", " + columns + "]");
      }
      counts[index / columns]++;
      before = index;
    }
    int[] starts = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      starts[row + 1] = Math.addExact(starts[row], (counts[row] + GROUP - 1) / GROUP * GROUP);
    }
    int[] columnOf = new int[starts[rows]];
    Arrays.fill(columnOf, FILLER);
    int next = 0;
    for (int row = 0; row < rows; row++) {
      for (int entry = 0; entry < counts[row]; entry++) {
        columnOf[starts[row] + entry] = survivors[next++] - row * columns;
      }
    }
    return new SparseRows(columns, survivors.length, starts, columnOf);
  }

  public int rows() {
    return starts.length - 1;
  }

  public int columns() {
    return columns;
  }

  /** Entries that are no fillers. */
  public int survivors() {
    return survivors;
  }

  /** All entries: the floats of a tensor that is held this way. */
  public int entries() {
    return columnOf.length;
  }

  /** The first entry of a row; that of the row after the last is {@link #entries}. */
  public int start(int row) {
    return starts[row];
  }

  /** Survivors of a row: its first entries. */
  public int count(int row) {
    int end = starts[row + 1];
    while (end > starts[row] && columnOf[end - 1] == FILLER) {
      end--;
    }
    return end - starts[row];
  }

  boolean isFiller(int entry) {
    return columnOf[entry] == FILLER;
  }

  int column(int entry) {
    return columnOf[entry];
  }
}
