package io.secateur.schedule;

import io.secateur.tensor.Sparsity;
import java.util.Map;

/**
 * When weights are cut: step i of m goes a fraction f_i of the way from the start sparsity to the
 * target. The criterion says what the way is (a sparsity, a threshold), the schedule how fast it is
 * gone.
 */
public sealed interface SparsitySchedule permits OneShot, Iterative, Gradual {
  /**
   * Lays the cuts on the rounds of pruning.
   *
   * @param minibatchesPerEpoch minibatches that a worker runs in an epoch, at least 1
   * @param roundMinibatches minibatches between two averages, at least 1; the last round of an
   *     epoch may be shorter
   */
  CutPlan plan(int minibatchesPerEpoch, int roundMinibatches);

  /** s_0 of target sparsities: 0 unless the schedule starts higher. */
  Sparsity startSparsity();

  /** Retraining epochs after the cutting is over, at least 1. */
  int holdEpochs();

  /** The keys and values of the job file's {@code schedule}. */
  Map<String, Object> toOptions();

  /** Returns {@code value} or refuses what is below 1, naming the job file's key. */
  static int requirePositive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("found %s %d; expected 1 or more".formatted(key, value));
    }
    return value;
  }
}
