package io.secateur.schedule;

import java.util.List;

/**
 * A schedule laid on the rounds of pruning: every cut with its place, then the epochs that only
 * retrain.
 *
 * @param cuts in order, at least one; the first stands before round 0
 * @param cuttingEpochs epochs before the hold: the learning rate is constant in them
 * @param holdEpochs epochs after them, in which nothing is cut and {@code hold-decay} applies
 */
public record CutPlan(List<Cut> cuts, int cuttingEpochs, int holdEpochs) {
  /** Copies the list. */
  public CutPlan {
    cuts = List.copyOf(cuts);
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("found a plan without cuts; expected at least one");
    }
  }

  /** All epochs of pruning: cutting, then hold. */
  public int epochs() {
    return cuttingEpochs + holdEpochs;
  }
}
