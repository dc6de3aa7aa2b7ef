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
      SourceNetwork source = dense(session, session.source());
      return publisher
          .publishedPruned()
          .orElseGet(() -> publisher.publishPruned(source, session.prune(source)));
    }
  }

  /** The network to prune: published when this job trains it, by this run or an earlier one. */
  private static SourceNetwork dense(JobSession session, SourceNetwork source) {
    Publisher publisher = session.publisher();
    if (!source.needsTraining()) {
      publisher.measureDense(source);
      return source;
    }
    return publisher
        .publishedDense(source)
        .orElseGet(
            () -> {
              SourceNetwork trained = session.train(source);
              return trained.publishedAs(publisher.publishDense(trained));
            });
  }
}
