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
  private final long sumNanos;
  private final long slowestNanos;

  Shard(int number, float[] values, RoundOutcome outcome) {
    this.number = number;
    this.values = values;
    this.examples = outcome.examples();
    this.lossSum = outcome.lossSum();
    this.sumNanos = outcome.workers().sumNanos();
    this.slowestNanos = outcome.workers().slowestNanos();
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
    return new RoundOutcome(examples, lossSum, new WorkerTimes(sumNanos, slowestNanos));
  }

  /** What the driver needs to see of it. */
  Shard withoutValues() {
    return new Shard(number, new float[0], outcome());
  }
}
