package io.secateur.train;

import java.io.Serializable;

/** What one worker adds to one shard; no values when its epoch was over before the round. */
final class ShardPiece implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int worker;
  private final int examples;
  private final double lossSum;
  private final long computeNanos;
  private final float[] values;

  ShardPiece(int worker, RoundResult result, float[] values) {
    this.worker = worker;
    this.examples = result.examples();
    this.lossSum = result.lossSum();
    this.computeNanos = result.computeNanos();
    this.values = values;
  }

  /** The partition that it was trained on. */
  int worker() {
    return worker;
  }

  int examples() {
    return examples;
  }

  RoundOutcome outcome() {
    return new RoundOutcome(examples, lossSum, WorkerTimes.of(computeNanos));
  }

  float[] values() {
    return values;
  }
}
