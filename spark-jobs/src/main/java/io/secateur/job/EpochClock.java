package io.secateur.job;

import io.secateur.train.DataParallelTrainer;

/** How an epoch is divided into rounds. */
final class EpochClock {
  private final int minibatches;
  private final int roundMinibatches;

  EpochClock(DataParallelTrainer trainer, int roundMinibatches) {
    this.minibatches = trainer.minibatchesPerEpoch();
    this.roundMinibatches = roundMinibatches;
  }

  int minibatches() {
    return minibatches;
  }

  int roundsPerEpoch() {
    return (minibatches + roundMinibatches - 1) / roundMinibatches;
  }

  /** The share of the epoch that is done when a round begins, in [0, 1). */
  double doneBefore(int round) {
    return (double) round * roundMinibatches / minibatches;
  }
}
