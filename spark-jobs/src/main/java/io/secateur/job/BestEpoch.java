package io.secateur.job;

import io.secateur.config.Keep;
import io.secateur.network.NetworkParameters;
import io.secateur.train.Evaluation;
import java.util.Optional;

/**
 * Keeps the epoch to publish. {@code best} looks at the last third of the epochs after the last
 * cut, at least one: fewest validation errors, then the lower loss, then the earlier. Over all of
 * them it would pick flukes.
 */
final class BestEpoch {
  private final int first;
  private Evaluation evaluation;
  private NetworkParameters parameters;

  BestEpoch(Keep keep, int holdEpochs) {
    int candidates = keep == Keep.BEST ? Math.max(1, holdEpochs / 3) : 1;
    this.first = holdEpochs - candidates;
  }

  /**
   * An epoch has ended.
   *
   * @param epoch 0-based, after the last cut
   */
  void offer(int epoch, Evaluation candidate, NetworkParameters state) {
    if (epoch >= first && isBetter(candidate)) {
      evaluation = candidate;
      parameters = state.copy();
    }
  }

  private boolean isBetter(Evaluation candidate) {
    return evaluation == null
        || candidate.errors() < evaluation.errors()
        || (candidate.errors() == evaluation.errors() && candidate.loss() < evaluation.loss());
  }

  /** Empty when no epoch was a candidate. */
  Optional<NetworkParameters> kept() {
    return Optional.ofNullable(parameters);
  }
}
