package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.store.ModelVersion;

/**
 * Dense training, published. A network that is loaded ({@code from}, {@code from-file}) trains on
 * from the weights it has; weights that are already pruned stay pruned.
 */
public final class TrainJob {
  private final JobOptions options;
  private final JobEnvironment environment;

  /** A job that is not started yet; a prune section in the options is left alone. */
  public TrainJob(JobOptions options, JobEnvironment environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * Runs the job to its end.
   *
   * @return the published version
   * @throws io.secateur.error.SecateurException when it fails; then nothing was published
   */
  public ModelVersion run() {
    try (JobSession session = JobSession.open("train", options, environment)) {
      Publisher publisher = session.publisher();
      return publisher
          .publishedTrained()
          .orElseGet(() -> publisher.publishTrained(session.train(session.source())));
    }
  }
}
