package io.secateur.job;

import io.secateur.config.JobOptions;
import java.util.function.Consumer;

/**
 * Measures the error of a network against its weights, pruned in several ways. The dense networks
 * are trained once for each penalty and published; only validation rows are looked at for the
 * curves.
 */
public final class TradeoffJob {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final Consumer<byte[]> csv;

  /**
   * A job that is not started yet; a prune section in the options is left alone.
   *
   * @param csv is told tradeoff.csv after each point, by other threads, one at a time
   * @throws io.secateur.error.UsageException when the options have no tradeoff section
   */
  public TradeoffJob(JobOptions options, JobEnvironment environment, Consumer<byte[]> csv) {
    options.requireTradeoff();
    this.options = options;
    this.environment = environment;
    this.csv = csv;
  }

  /**
   * Runs the job to its end.
   *
   * @throws io.secateur.error.SecateurException when it fails; what was measured is kept
   */
  public void run() {
    try (JobSession session = JobSession.open("tradeoff", options, environment)) {
      session.tradeoff(csv);
    }
  }
}
