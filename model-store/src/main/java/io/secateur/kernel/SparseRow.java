package io.secateur.kernel;

/**
 * One row of surviving weights that lie side by side, times columns j, up to four, of 16 floats:
 *
 * <pre>
 * target[j] = sum over k in [from, to) of values[k] x arena[right_j + step x places[k], 16 floats]
 * </pre>
 *
 * There is an even number of weights, summed as {@link SparseProduct} does. Mutable: a layer
 * prepares one, and moves it.
 */
final class SparseRow {
  final float[] values;
  final int[] places;
  final int step;

  int from;
  int to;
  int right0;
  int right1;
  int right2;
  int right3;
  int target;

  SparseRow(float[] values, int[] places, int step) {
    this.values = values;
    this.places = places;
    this.step = step;
  }
}
