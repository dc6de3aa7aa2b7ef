package io.secateur.kernel;

/**
 * One tile of a matrix product, the only place where the engine multiplies in bulk. For rows r,
 * columns j of 16 floats and the terms k in [from, to):
 *
 * <pre>
 * target[r][j] = start[r][j] + sum over k of weights[left + r leftStep + terms[2k]]
 *                                          x arena[right_j + terms[2k + 1], 16 floats]
 * </pre>
 *
 * The weights are in the arena too, but those that threads share. The sum runs over k in order,
 * whatever the vector width. Dense layers, convolutions, and the gradients of both differ only in
 * their terms. Mutable: a layer prepares one, and moves it.
 */
final class Product {
  /** Offsets (left, right) of each term. */
  final int[] terms;

  /** Where the left offsets are; null for the arena. */
  private final float[] weights;

  final int leftStep;
  final int startStep;
  final int startColumnStep;
  final int targetStep;

  int from;
  int to;
  int rows;
  int start;
  int target;
  int left;
  int right0;
  int right1;
  int right2;
  int right3;

  Product(int[] terms, int leftStep, int startStep, int startColumnStep, int targetStep) {
    this(null, terms, leftStep, startStep, startColumnStep, targetStep);
  }

  private Product(
      float[] weights,
      int[] terms,
      int leftStep,
      int startStep,
      int startColumnStep,
      int targetStep) {
    this.weights = weights;
    this.terms = terms;
    this.leftStep = leftStep;
    this.startStep = startStep;
    this.startColumnStep = startColumnStep;
    this.targetStep = targetStep;
    this.to = terms.length / 2;
  }

  /** Of dense rows in an array of their own, whose columns begin with zero. */
  static Product of(WeightRows rows, int step, int targetStep) {
    int[] terms = new int[2 * rows.places.length];
    for (int k = 0; k < rows.places.length; k++) {
      terms[2 * k] = k;
      terms[2 * k + 1] = Math.multiplyExact(rows.places[k], step);
    }
    return new Product(rows.values, terms, rows.places.length, 0, 0, targetStep);
  }

  /** The array of the left offsets. */
  float[] weights(float[] arena) {
    return weights == null ? arena : weights;
  }

  /** Terms at even distances. */
  static int[] evenTerms(int count, int leftStep, int rightStep) {
    int[] terms = new int[2 * count];
    for (int k = 0; k < count; k++) {
      terms[2 * k] = Math.multiplyExact(k, leftStep);
      terms[2 * k + 1] = Math.multiplyExact(k, rightStep);
    }
    return terms;
  }

  /** Sets all but the columns. */
  Product rows(int count, int startAt, int targetAt, int leftAt) {
    rows = count;
    start = startAt;
    target = targetAt;
    left = leftAt;
    return this;
  }

  /** Computes columns that lie side by side, {@code columns} blocks of 16 from {@code right} on. */
  void across(Kernels kernels, float[] arena, int columns, int right) {
    int firstStart = start;
    int firstTarget = target;
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      int at = column * Kernels.BLOCK;
      start = firstStart + column * startColumnStep;
      target = firstTarget + at;
      right0 = right + at;
      right1 = right0 + Kernels.BLOCK;
      right2 = right1 + Kernels.BLOCK;
      right3 = right2 + Kernels.BLOCK;
      kernels.multiplyFour(arena, this);
    }
    for (; column + 2 <= columns; column += 2) {
      int at = column * Kernels.BLOCK;
      start = firstStart + column * startColumnStep;
      target = firstTarget + at;
      right0 = right + at;
      right1 = right0 + Kernels.BLOCK;
      kernels.multiplyTwo(arena, this);
    }
    if (column < columns) {
      start = firstStart + column * startColumnStep;
      target = firstTarget + column * Kernels.BLOCK;
      right0 = right + column * Kernels.BLOCK;
      kernels.multiplyOne(arena, this);
    }
  }
}
