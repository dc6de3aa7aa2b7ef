package io.secateur.train;

/**
 * The arithmetic of a round's average, wherever it is done: workers are added in partition order as
 * count x value in float32, and the sum is divided by the total count. Order and arithmetic are
 * part of what "same seed, same bits" means; elements do not mix, so an average may be made in
 * pieces.
 */
final class WeightedSum {
  private final float[] sum;
  private long total;

  WeightedSum(int length) {
    this.sum = new float[length];
  }

  /**
   * Adds the next worker, in partition order.
   *
   * @param values as many as the sum has elements; not looked at when the count is 0
   * @param count the examples they were trained on
   */
  void add(float[] values, int count) {
    if (count == 0) {
      return;
    }
    if (sum.length != values.length) {
      throw new IllegalArgumentException(
          "a worker returned " + values.length + " values of " + sum.length);
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += count * values[i];
    }
    total += count;
  }

  /**
   * Divides by the total count: the sum itself, which must not be added to any more.
   *
   * @throws IllegalArgumentException when no worker had examples
   */
  float[] average() {
    if (total == 0) {
      throw new IllegalArgumentException("no partition has minibatches in this round");
    }
    float divisor = total;
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= divisor;
    }
    return sum;
  }
}
