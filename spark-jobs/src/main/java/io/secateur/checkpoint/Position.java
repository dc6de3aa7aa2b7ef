package io.secateur.checkpoint;

import io.secateur.train.RoundOutcome;

/**
 * Where a job goes on.
 *
 * @param phase the part of the job
 * @param epoch the epoch of this phase that runs next, from 0
 * @param round the round of that epoch that runs next, from 0
 * @param examples that the rounds before it in this epoch have trained on
 * @param lossSum their loss, summed
 */
public record Position(JobPhase phase, int epoch, int round, long examples, double lossSum) {
  /** Before the first round of an epoch. */
  public static Position beforeEpoch(JobPhase phase, int epoch) {
    return new Position(phase, epoch, 0, 0, 0);
  }

  /** Before a round, with what the rounds before it in the epoch have told. */
  public static Position beforeRound(JobPhase phase, int epoch, int round, RoundOutcome outcome) {
    return new Position(phase, epoch, round, outcome.examples(), outcome.lossSum());
  }

  /** "training, before epoch 7"; "trained, before it is published". */
  public String describe() {
    return switch (phase) {
      case TRAINING, PRUNING ->
          phase.wireName()
              + ", before epoch "
              + (epoch + 1)
              + (round == 0 ? "" : ", round " + (round + 1));
      case TRAINED, PRUNED -> phase.wireName() + ", before it is published";
    };
  }

  /** What the rounds of the epoch have told so far. */
  public RoundOutcome outcome() {
    return new RoundOutcome(examples, lossSum);
  }
}
