package io.secateur.train;

import io.secateur.tensor.Mask;
import java.util.List;

/**
 * The average of a round: over the workers in partition order, the sum of count x value in float32,
 * divided by the total count. Order and arithmetic are part of what "same seed, same bits" means.
 */
final class RoundAverage {
  private RoundAverage() {}

  /**
   * Writes the average into the state.
   *
   * @param results in partition order; those without examples do not count
   * @param mask the order of the weights; all others become +0.0f
   */
  static RoundOutcome into(TrainingState state, Mask mask, List<RoundResult> results) {
    long examples = 0;
    double lossSum = 0;
    for (RoundResult result : results) {
      examples += result.examples();
      lossSum += result.lossSum();
    }
    if (examples == 0) {
      throw new IllegalArgumentException("no partition has minibatches in this round");
    }
    int survivors = mask.cardinality();
    float[] weights = new float[survivors];
    float[] velocity = new float[survivors + state.otherVelocity().length];
    float[] others = new float[state.otherVelocity().length];
    for (RoundResult result : results) {
      if (result.examples() > 0) {
        add(weights, result.weights(), result.examples());
        add(others, result.others(), result.examples());
        add(velocity, result.velocity(), result.examples());
      }
    }
    divide(weights, examples);
    divide(others, examples);
    divide(velocity, examples);

    mask.scatter(weights, state.parameters().weights());
    System.arraycopy(others, 0, state.parameters().others(), 0, others.length);
    System.arraycopy(velocity, survivors, state.otherVelocity(), 0, others.length);
    float[] weightVelocity = weights; // no longer needed, and as long
    System.arraycopy(velocity, 0, weightVelocity, 0, survivors);
    mask.scatter(weightVelocity, state.weightVelocity());
    return new RoundOutcome(examples, lossSum);
  }

  private static void add(float[] sum, float[] values, int count) {
    if (sum.length != values.length) {
      throw new IllegalArgumentException(
          "a worker returned " + values.length + " values of " + sum.length);
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += count * values[i];
    }
  }

  private static void divide(float[] sum, long total) {
    float divisor = total;
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= divisor;
    }
  }
}
