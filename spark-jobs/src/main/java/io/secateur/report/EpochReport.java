package io.secateur.report;

import java.time.Duration;
import java.util.Optional;

/**
 * One epoch of a stage.
 *
 * @param stage the stage's name, as in {@link JobListener#stageStarted}
 * @param step the pruning step the epoch belongs to, 0 before the first cut, at most {@code steps}
 * @param steps how many pruning steps the job takes, 0 for dense training
 * @param epoch the epoch of this stage, from 1 to {@code epochs}
 * @param epochs the epochs of this stage
 * @param validationErrorPercent wrong answers on the validation rows, 0 to 100
 * @param sparsity share of prunable weights that are zero, 0 to 1
 * @param loss mean training loss of the epoch
 * @param examplesPerSecond training rows per second in the rounds of this epoch, validation left
 *     out
 * @param shares where the time of the rounds went; empty when that is not known
 * @param elapsed time since the stage began
 */
public record EpochReport(
    String stage,
    int step,
    int steps,
    int epoch,
    int epochs,
    double validationErrorPercent,
    double sparsity,
    double loss,
    double examplesPerSecond,
    Optional<TimeShares> shares,
    Duration elapsed) {

  /** Rejects an epoch outside [1, epochs]. */
  public EpochReport {
    if (epoch < 1 || epoch > epochs) {
      throw new IllegalArgumentException("epoch " + epoch + " of " + epochs);
    }
  }

  /** Time this stage still takes if its other epochs take as long as those so far. */
  public Duration timeLeft() {
    return elapsed.dividedBy(epoch).multipliedBy((long) epochs - epoch);
  }
}
