package io.secateur.kernel;

/**
 * The loops of prediction: rows of weights, dense or sparse, by columns of values. Sums run over a
 * row's weights in order, but in {@link #dot}, which splits them by vector lanes. An implementation
 * has no state and may be shared.
 */
public interface RowKernels {
  /** Rows that dense weights are multiplied in together, at most. */
  int ROWS = 4;

  /** Bits of a vector; 0 for plain Java. */
  int laneBits();

  /**
   * result[r][j][lane] = sum over the weights k of row {@code row + r} of value_k x column j of
   * place_k.
   *
   * @param rows as {@link WeightRows#together} says, at most {@link #ROWS}
   */
  void multiply(WeightRows weights, int row, int rows, Columns columns);

  /** The sum over the weights k of a row of value_k x in[base + place_k]. */
  float dot(WeightRows weights, int row, float[] in, int base);

  /** to[target + i] = max(from[source + i] + add, low) for {@code length} floats. */
  void bound(float[] from, int source, float[] to, int target, int length, float add, float low);

  /**
   * to[target + i] = max(largest of from[source + i], the value {@code right} further and those
   * {@code below} both, + add, low) for {@code length} floats. A target that is the source is
   * written behind what is still to be read.
   */
  void largestOfFour(
      float[] from,
      int source,
      int right,
      int below,
      float[] to,
      int target,
      int length,
      float add,
      float low);
}
