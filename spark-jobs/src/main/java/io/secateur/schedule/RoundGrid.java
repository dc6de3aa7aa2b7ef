package io.secateur.schedule;

/**
 * How an epoch is cut into rounds: a round runs {@code minibatchesPerRound} minibatches on every
 * worker and then averages; the last round of an epoch may be shorter.
 *
 * @param minibatchesPerEpoch minibatches of one worker in an epoch, at least 1
 * @param minibatchesPerRound minibatches between two averages, at least 1
 */
record RoundGrid(int minibatchesPerEpoch, int minibatchesPerRound) {
  /** Refuses counts below 1. */
  RoundGrid {
    if (minibatchesPerEpoch < 1 || minibatchesPerRound < 1) {
      throw new IllegalArgumentException(
          "found %d minibatches an epoch and %d a round; expected 1 or more of both"
              .formatted(minibatchesPerEpoch, minibatchesPerRound));
    }
  }

  static RoundGrid of(int minibatchesPerEpoch, int minibatchesPerRound) {
    return new RoundGrid(minibatchesPerEpoch, minibatchesPerRound);
  }

  /** Rounds in an epoch, the last, possibly short, one included. */
  int roundsPerEpoch() {
    return (int) (((long) minibatchesPerEpoch + minibatchesPerRound - 1) / minibatchesPerRound);
  }

  /**
   * Minibatches of round {@code round} of an epoch.
   *
   * @param round 0-based, below {@link #roundsPerEpoch()}
   */
  int minibatchesOf(int round) {
    if (round < 0 || round >= roundsPerEpoch()) {
      throw new IllegalArgumentException(
          "found round %d; expected 0 to %d".formatted(round, roundsPerEpoch() - 1));
    }
    return (int)
        Math.min(minibatchesPerRound, minibatchesPerEpoch - (long) round * minibatchesPerRound);
  }
}
