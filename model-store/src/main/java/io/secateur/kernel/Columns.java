package io.secateur.kernel;

/**
 * What rows of weights are multiplied by: blocks of 16 floats that stand side by side in the
 * result. Column j of a weight at place p are the 16 floats at {@code base + offset_j + (p <<
 * shift)}. Sixteen examples with a shift of 4, or sixteen neighbouring pixels of one example with a
 * shift of 0. Mutable, for one thread.
 */
public final class Columns {
  final float[] in;
  final int shift;
  final int[] offsets;
  final float[] out;
  final int outStep;
  int base;
  int count;

  /**
   * @param in the values that are read
   * @param shift places to floats, in bits
   * @param offsets of the columns, in floats
   * @param out receives [row][{@code outStep}] from 0 on
   * @param outStep at least 16 x the columns
   */
  public Columns(float[] in, int shift, int[] offsets, float[] out, int outStep) {
    this.in = in;
    this.shift = shift;
    this.offsets = offsets;
    this.out = out;
    this.outStep = outStep;
    this.count = offsets.length;
  }

  /** Moves all columns, and uses the first {@code columns} of them. */
  public Columns at(int newBase, int columns) {
    base = newBase;
    count = columns;
    return this;
  }
}
