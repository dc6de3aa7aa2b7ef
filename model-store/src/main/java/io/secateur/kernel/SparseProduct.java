package io.secateur.kernel;

/**
 * One row of a sparse matrix times 16, or four times 16, neighbouring columns of a dense one:
 *
 * <pre>
 * target = max(bias + sum over k in [from, to) of arena[left + terms[2k]]
 *                                               x arena[right + terms[2k + 1], 16 floats], low)
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
  int right;
  int target;
  float bias;
  float low = Float.NEGATIVE_INFINITY;

  SparseProduct(int[] terms) {
    this.terms = terms;
  }

  /** Computes columns that lie side by side, {@code columns} blocks of 16. */
  void across(Kernels kernels, float[] arena, int columns) {
    int firstRight = right;
    int firstTarget = target;
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      right = firstRight + column * Kernels.BLOCK;
      target = firstTarget + column * Kernels.BLOCK;
      kernels.gatherFour(arena, this);
    }
    for (; column < columns; column++) {
      right = firstRight + column * Kernels.BLOCK;
      target = firstTarget + column * Kernels.BLOCK;
      kernels.gatherOne(arena, this);
    }
    right = firstRight;
  }
}
