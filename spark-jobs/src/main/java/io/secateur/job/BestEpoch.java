package io.secateur.job;

import io.secateur.config.Keep;
import io.secateur.train.Evaluation;
import java.util.Optional;

/**
 * Finds the epoch to publish. {@code best} looks at the last third of the epochs after the last
 * cut, at least one: fewest validation errors, then the lower loss, then the earlier. Over all of
 * them it would pick flukes.
 */
final class BestEpoch {
  private final int first;
  private Evaluation evaluation;

  BestEpoch(Keep keep, int holdEpochs) {
    int candidates = keep == Keep.BEST ? Math.max(1, holdEpochs / 3) : 1;
    this.first = holdEpochs - candidates;
  }

  /** Goes on with the best epoch that an earlier run has found. */
  void goOnWith(Evaluation best) {
    evaluation = best;
  }

  /** How the best epoch did; empty when none was a candidate yet. */
  Optional<Evaluation> evaluation() {
    return Optional.ofNullable(evaluation);
  }

  /**
   * An epoch has ended: whether it is the one to keep, as far as is known.
   *
   * @param epoch 0-based, after the last cut
   */
  boolean isBest(int epoch, Evaluation candidate) {
    boolean best = epoch >= first && isBetter(candidate);
    if (best) {
      evaluation = candidate;
    }
    return best;
  }

  private boolean isBetter(Evaluation candidate) {
    return evaluation == null
        || candidate.errors() < evaluation.errors()
        || (candidate.errors() == evaluation.errors() && candidate.loss() < evaluation.loss());
  }
}
