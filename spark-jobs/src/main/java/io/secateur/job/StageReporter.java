package io.secateur.job;

import io.secateur.report.EpochReport;
import io.secateur.report.TimeShares;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.TimeSplit;
import java.time.Duration;
import java.util.Optional;

/** Tells the listener of a stage's epochs. */
final class StageReporter {
  private final JobEnvironment environment;
  private final String stage;
  private final int epochs;
  private final Duration earlier;
  private final long start = System.nanoTime();

  /**
   * A stage that begins or goes on.
   *
   * @param earlier what earlier runs of the job have spent on it
   */
  StageReporter(JobEnvironment environment, String stage, int epochs, Duration earlier) {
    this.environment = environment;
    this.stage = stage;
    this.epochs = epochs;
    this.earlier = earlier;
    environment.listener().stageStarted(stage, epochs);
  }

  void epoch(
      int step,
      int steps,
      int epoch,
      Evaluation evaluation,
      double sparsity,
      RoundOutcome outcome) {
    TimeSplit time = outcome.time();
    Optional<TimeShares> shares =
        time.isSplit()
            ? Optional.of(new TimeShares(time.computeShare(), time.wireShare(), time.waitShare()))
            : Optional.empty();
    environment
        .listener()
        .epochFinished(
            new EpochReport(
                stage,
                step,
                steps,
                epoch,
                epochs,
                evaluation.errorPercent(),
                sparsity,
                outcome.meanLoss(),
                time.examplesPerSecond(),
                shares,
                earlier.plus(JobSession.since(start))));
  }
}
