package io.secateur.train;

import io.secateur.error.JobFailedException;

/** What is checked after every round, whatever ran it. */
public final class RoundChecks {
  private RoundChecks() {}

  /**
   * Ends a job that diverged.
   *
   * @throws JobFailedException when the loss is NaN or infinite, saying where
   */
  public static void requireFiniteLoss(RoundOutcome outcome, RoundSettings settings) {
    if (!Double.isFinite(outcome.lossSum())) {
      throw new JobFailedException(
          String.format(
              "a loss of %s in step %d, epoch %d, round %d",
              outcome.lossSum(), settings.step(), settings.epoch() + 1, settings.round() + 1),
          "a finite loss",
          "lower the learning rate (it is " + settings.learningRate() + " here) or the momentum");
    }
  }
}
