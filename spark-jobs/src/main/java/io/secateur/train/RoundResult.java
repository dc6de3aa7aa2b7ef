package io.secateur.train;

import java.io.Serializable;

/**
 * What a worker hands back after its minibatches of a round: the arrays of {@link RoundInput},
 * trained, with the examples they were trained on. The arrays are not copied.
 */
public final class RoundResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] weights;
  private final float[] others;
  private final float[] velocity;
  private final int examples;
  private final double lossSum;
  private final long computeNanos;

  private RoundResult(
      float[] weights,
      float[] others,
      float[] velocity,
      int examples,
      double lossSum,
      long computeNanos) {
    this.weights = weights;
    this.others = others;
    this.velocity = velocity;
    this.examples = examples;
    this.lossSum = lossSum;
    this.computeNanos = computeNanos;
  }

  /** A result around these arrays, without a copy. */
  public static RoundResult wrapping(
      float[] weights, float[] others, float[] velocity, int examples, double lossSum) {
    return new RoundResult(weights, others, velocity, examples, lossSum, 0);
  }

  /** The same result, with the time that it took: told, never averaged or hashed. */
  RoundResult lasting(long nanos) {
    return new RoundResult(weights, others, velocity, examples, lossSum, nanos);
  }

  /** The surviving weights in mask order, not a copy. */
  public float[] weights() {
    return weights;
  }

  /** Biases and statistics in canonical order, not a copy. */
  public float[] others() {
    return others;
  }

  /** The velocity of the surviving weights, then of the others, not a copy. */
  public float[] velocity() {
    return velocity;
  }

  /** The examples trained on; 0 when the partition's epoch was over before this round. */
  public int examples() {
    return examples;
  }

  /** The loss, without regularisation, summed over the examples. */
  public double lossSum() {
    return lossSum;
  }

  /** The worker's time inside its {@link LocalTrainer}. */
  long computeNanos() {
    return computeNanos;
  }

  /** Examples and loss, with the time. */
  public RoundOutcome outcome() {
    return new RoundOutcome(examples, lossSum, WorkerTimes.of(computeNanos));
  }
}
