package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.store.ModelVersion;

/**
 * The main job: train or load, then [statistics, threshold, mask, apply, retrain, validate] for
 * each step of the schedule, then publish. A network that was trained here is published dense first
 * and becomes the parent of the pruned one.
 */
public final class PruneJob {
  private final JobOptions options;
  private final JobEnvironment environment;

  /**
   * @throws io.secateur.error.UsageException when the options have no prune section
   */
  public PruneJob(JobOptions options, JobEnvironment environment) {
    options.requirePrune();
    this.options = options;
    this.environment = environment;
  }

  /**
   * Runs the job to its end.
   *
   * @return the pruned version
   * @throws io.secateur.error.SecateurException when it fails; then no pruned version exists
   */
  public ModelVersion run() {
    try (JobSession session = JobSession.open("prune", options, environment)) {
      Publisher publisher = session.publisher();
      SourceNetwork source = session.dense();
      if (!session.source().needsTraining()) {
        publisher.measureDense(source);
      }
      return publisher
          .publishedPruned()
          .orElseGet(() -> publisher.publishPruned(source, session.prune(source)));
    }
  }
}
