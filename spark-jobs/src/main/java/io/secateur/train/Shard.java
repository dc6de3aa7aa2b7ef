package io.secateur.train;

import java.io.Serializable;

/**
 * A shard of the average of a round, with what the round has to tell. The array is not copied, and
 * only read.
 */
final class Shard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final float[] values;
  private final long examples;
  private final double lossSum;

  Shard(int number, float[] values, RoundOutcome outcome) {
    this(number, values, outcome.examples(), outcome.lossSum());
  }

  private Shard(int number, float[] values, long examples, double lossSum) {
    this.number = number;
    this.values = values;
    this.examples = examples;
    this.lossSum = lossSum;
  }

  /** Its place in the {@link ShardLayout}. */
  int number() {
    return number;
  }

  float[] values() {
    return values;
  }

  /** Of the round that made it: the same in all its shards. */
  RoundOutcome outcome() {
    return new RoundOutcome(examples, lossSum);
  }

  /** What the driver needs to see of it. */
  Shard withoutValues() {
    return new Shard(number, new float[0], examples, lossSum);
  }
}
