package io.secateur.kernel;

/**
 * The weights of a layer by output row, each with the place of the value it is multiplied by: all
 * that prediction needs of them. They stand in arrays of their own, which never change, so that any
 * number of threads shares them; {@link RowProduct} multiplies.
 *
 * <p>Sparse rows hold surviving weights only, 8 bytes each, and rows filled up as those of {@link
 * SparseRows}; dense rows share one list of places, 4 bytes a weight.
 */
public final class WeightRows {
  final float[] values;
  final int[] places;
  final boolean contiguous;
  private final int[] starts;
  private final int[] ends;

  private WeightRows(float[] values, int[] places, int[] starts, int[] ends, boolean contiguous) {
    this.values = values;
    this.places = places;
    this.starts = starts;
    this.ends = ends;
    this.contiguous = contiguous;
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
    return new WeightRows(values, places, starts, null, isContiguous(places));
  }

  /**
   * Rows of surviving weights.
   *
   * @param rows which survive
   * @param survivors their values, in order
   * @param placeOf the place of each column, at least 0
   * @throws IllegalArgumentException when the lengths don't fit each other
   */
  public static WeightRows sparse(SparseRows rows, float[] survivors, int[] placeOf) {
    if (survivors.length != rows.survivors() || placeOf.length != rows.columns()) {
      throw new IllegalArgumentException(
          "%d values and %d places for %d survivors of %d columns"
              .formatted(survivors.length, placeOf.length, rows.survivors(), rows.columns()));
    }
    float[] values = new float[rows.entries()];
    int[] places = new int[rows.entries()];
    int[] starts = new int[rows.rows() + 1];
    int[] ends = new int[rows.rows()];
    int next = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int first = rows.start(row);
      int count = rows.count(row);
      for (int entry = first; entry < first + count; entry++) {
        values[entry] = survivors[next++];
        places[entry] = placeOf[rows.column(entry)];
      }
      // a filler is zero, and reads what its row reads anyway
      for (int entry = first + count; entry < rows.start(row + 1); entry++) {
        places[entry] = places[first];
      }
      ends[row] = first + (count + 1) / 2 * 2;
      starts[row + 1] = rows.start(row + 1);
    }
    return new WeightRows(values, places, starts, ends, false);
  }

  public boolean isSparse() {
    return ends != null;
  }

  public int rows() {
    return starts.length - 1;
  }

  /** What the arrays take, in bytes. */
  public long bytes() {
    long ints = (long) places.length + starts.length + (isSparse() ? ends.length : 0);
    return (long) Float.BYTES * values.length + Integer.BYTES * ints;
  }

  /** The first value of a row. */
  int first(int row) {
    return starts[row];
  }

  /** Behind the last value of a row; of a sparse one, an even number further than the first. */
  int end(int row) {
    return isSparse() ? ends[row] : starts[row + 1];
  }

  /** From a value's index to that of its place. */
  int toPlace(int row) {
    return isSparse() ? 0 : -starts[row];
  }

  /** Rows from {@code row} on that may be multiplied together: those of one list of places. */
  public int together(int row, int atMost) {
    return isSparse() ? 1 : Math.min(atMost, rows() - row);
  }
}
