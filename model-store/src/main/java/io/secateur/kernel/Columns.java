package io.secateur.kernel;

/**
 * What rows of weights are multiplied by: blocks of 16 floats that stand side by side in the
 * result. Column j of a weight at place p are the 16 floats at {@code base + offset_j + p * step}.
 * Sixteen examples side by side, or with a step of 1 sixteen neighbouring pixels of one example.
 * Mutable, for one thread.
 */
public final class Columns {
  final float[] in;
  final int step;
  final int[] offsets;
  final float[] out;
  final int outStep;
  int base;
  int count;

  /**
   * @param in the values that are read
   * @param step floats from a place to the next
   * @param offsets of the columns, in floats
   */
  public Columns(float[] in, int step, int[] offsets) {
    this.in = in;
    this.step = step;
    this.offsets = offsets;
    this.outStep = offsets.length * Kernels.BLOCK;
    this.out = new float[Arena.FIRST + RowKernels.ROWS * outStep];
    this.count = offsets.length;
  }

  /** Moves all columns, and uses the first {@code columns} of them. */
  public Columns at(int newBase, int columns) {
    base = newBase;
    count = columns;
    return this;
  }

  /** The array of the result. */
  public float[] result() {
    return out;
  }

  /** Where the row {@code r} of the result begins: 16 floats for each column. */
  public int resultRow(int r) {
    return Arena.FIRST + r * outStep;
  }
}
