package io.secateur.report;

/**
 * How far a stage of a job is, as {@code progress.json} tells it.
 *
 * @param name "train", "prune"
 * @param step the pruning step, from 1; 0 before the first cut
 * @param steps the pruning steps of the job; 0 before the first cut
 * @param epoch whole epochs of the stage that are done
 * @param epochs the epochs of the stage
 * @param validationErrorPercent of the last epoch, 0 to 100; null before
 * @param sparsity share of prunable weights that are zero, 0 to 1; null before it is known
 * @param secondsLeft of the stage, should its other epochs take as long as those so far; null
 *     before the first
 */
public record StageProgress(
    String name,
    int step,
    int steps,
    int epoch,
    int epochs,
    Double validationErrorPercent,
    Double sparsity,
    Long secondsLeft) {

  static StageProgress beginning(String stage, int epochs) {
    return new StageProgress(stage, 0, 0, 0, epochs, null, null, null);
  }

  static StageProgress of(EpochReport epoch) {
    return new StageProgress(
        epoch.stage(),
        epoch.step(),
        epoch.steps(),
        epoch.epoch(),
        epoch.epochs(),
        epoch.validationErrorPercent(),
        epoch.sparsity(),
        epoch.timeLeft().toSeconds());
  }

  StageProgress cut(StepReport cut) {
    return new StageProgress(
        name,
        cut.step(),
        cut.steps(),
        epoch,
        epochs,
        validationErrorPercent,
        cut.sparsity(),
        secondsLeft);
  }
}
