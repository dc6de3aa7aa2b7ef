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
   * out[r][j][lane] = sum over the weights k of row {@code row + r} of value_k x column j of
   * place_k.
   *
   * @param rows as {@link WeightRows#together} says, at most {@link #ROWS}
   */
  void multiply(WeightRows weights, int row, int rows, Columns columns);

  /** The sum over the weights k of a row of value_k x in[base + place_k]. */
  float dot(WeightRows weights, int row, float[] in, int base);
}
