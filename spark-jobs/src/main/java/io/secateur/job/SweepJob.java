package io.secateur.job;

import io.secateur.config.JobOptions;
import java.util.function.Consumer;

/**
 * Measures the sensitivity of each layer of a network that is loaded, or trained and published
 * first, as a prune job does. Only validation rows are looked at.
 */
public final class SweepJob {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final Consumer<byte[]> csv;

  /**
   * A job that is not started yet; a prune section in the options is left alone.
   *
   * @param csv is told sensitivity.csv after each cell, by another thread
   */
  public SweepJob(JobOptions options, JobEnvironment environment, Consumer<byte[]> csv) {
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
    try (JobSession session = JobSession.open("sweep", options, environment)) {
      session.sweep(session.dense(), csv);
    }
  }
}
