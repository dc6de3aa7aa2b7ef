package io.secateur.checkpoint;

import io.secateur.train.Evaluation;

/**
 * An epoch in a job's validation history.
 *
 * @param stage "train", "prune"
 * @param step the pruning step, 0 in dense training
 * @param epoch the epoch of the stage, from 1
 * @param errors wrong answers on the validation rows
 * @param examples the validation rows
 * @param loss their mean cross-entropy
 */
public record ValidatedEpoch(
    String stage, int step, int epoch, long errors, long examples, double loss) {
  /** An epoch that was measured. */
  public static ValidatedEpoch of(String stage, int step, int epoch, Evaluation evaluation) {
    return new ValidatedEpoch(
        stage, step, epoch, evaluation.errors(), evaluation.examples(), evaluation.loss());
  }
}
