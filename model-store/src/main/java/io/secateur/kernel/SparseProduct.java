package io.secateur.kernel;

/**
 * One row of a sparse matrix times columns j, up to four, of 16 floats each:
 *
 * <pre>
 * target[j] = max(bias + sum over k in [from, to) of arena[left + terms[2k]]
 *                                        x arena[right_j + terms[2k + 1], 16 floats], low)
 * </pre>
 *
 * There is an even number of terms. Those with an even k - from are summed apart from the others,
 * each in order, whatever the vector width: two chains of sums hide the time of an addition.
 * Mutable: a layer prepares one, and moves it.
 */
final class SparseProduct {
  /** Offsets (left, right) of each term. */
  final int[] terms;

  int from;
  int to;
  int left;
  int right0;
  int right1;
  int right2;
  int right3;
  int target;
  float bias;
  float low = Float.NEGATIVE_INFINITY;

  SparseProduct(int[] terms) {
    this.terms = terms;
  }

  /** Computes columns that lie side by side, {@code columns} blocks of 16 from {@code right} on. */
  void across(Kernels kernels, float[] arena, int columns, int right) {
    int firstTarget = target;
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      right0 = right + column * Kernels.BLOCK;
      right1 = right0 + Kernels.BLOCK;
      right2 = right1 + Kernels.BLOCK;
      right3 = right2 + Kernels.BLOCK;
      target = firstTarget + column * Kernels.BLOCK;
      kernels.gatherFour(arena, this);
    }
    for (; column < columns; column++) {
      right0 = right + column * Kernels.BLOCK;
      target = firstTarget + column * Kernels.BLOCK;
      kernels.gatherOne(arena, this);
    }
  }
}
