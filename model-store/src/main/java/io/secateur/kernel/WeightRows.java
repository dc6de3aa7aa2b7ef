package io.secateur.kernel;

import java.util.Objects;

/**
 * The weights of a layer by output row, each with the place of the value it is multiplied by: all
 * that prediction needs of them. They stand in arrays of their own, which never change, so that any
 * number of threads shares them.
 *
 * <p>Sparse rows hold surviving weights only, 8 bytes each; dense rows share one list of places, 4
 * bytes a weight.
 */
public final class WeightRows {
  final float[] values;
  final int[] places;
  final boolean contiguous;
  private final int[] starts;
  private final boolean sparse;

  private WeightRows(float[] values, int[] places, int[] starts, boolean sparse) {
    this.values = values;
    this.places = places;
    this.starts = starts;
    this.sparse = sparse;
    this.contiguous = !sparse && isContiguous(places);
  }

  private static boolean isContiguous(int[] places) {
    for (int i = 1; i < places.length; i++) {
      if (places[i] != places[0] + i) {
        return false;
      }
    }
    return true;
  }

  /**
   * Rows of every weight, in these very arrays.
   *
   * @param values [rows][places]
   * @param places the place of each column, at least 0, the same for all rows
   * @throws IllegalArgumentException when there are not rows x places values
   */
  public static WeightRows dense(int rows, float[] values, int[] places) {
    if ((long) rows * places.length != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for " + rows + " rows of " + places.length);
    }
    int[] starts = new int[rows + 1];
    for (int row = 0; row <= rows; row++) {
      starts[row] = row * places.length;
    }
    return new WeightRows(values, places, starts, false);
  }

  /**
   * Rows of surviving weights, in these very arrays.
   *
   * @param places of each value, at least 0
   * @param starts where each row begins among the values, and where the last ends
   * @throws IllegalArgumentException when the lengths don't fit each other
   */
  public static WeightRows sparse(float[] values, int[] places, int[] starts) {
    if (values.length != places.length || starts[starts.length - 1] != values.length) {
      throw new IllegalArgumentException(
          values.length
              + " values at "
              + places.length
              + " places in rows that end at "
              + starts[starts.length - 1]);
    }
    return new WeightRows(values, places, starts, true);
  }

  public boolean isSparse() {
    return sparse;
  }

  public int rows() {
    return starts.length - 1;
  }

  /** What the arrays take, in bytes. */
  public long bytes() {
    return 4L * values.length + 4L * places.length + 4L * starts.length;
  }

  /** The first value of a row. */
  int first(int row) {
    return starts[row];
  }

  /** Behind the last value of a row. */
  int end(int row) {
    return starts[row + 1];
  }

  /** From a value's index to that of its place. */
  int toPlace(int row) {
    return sparse ? 0 : -starts[row];
  }

  /** Rows from {@code row} on that may be multiplied together: those of one list of places. */
  public int together(int row, int atMost) {
    return sparse ? 1 : Objects.checkIndex(Math.min(atMost, rows() - row), atMost + 1);
  }
}
