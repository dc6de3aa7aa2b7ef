package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.JobEnvironment;
import io.secateur.report.JobListener;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.store.ModelStore;
import java.net.URI;
import java.util.Optional;

/** What a command needs to run its job. */
final class JobContext {
  private final String jobId;
  private final JobFlags flags;
  private final JobListener listener;
  private final JobResult.Builder result;
  private final PublishGate gate;
  private volatile ModelStore store;

  JobContext(
      String jobId,
      JobFlags flags,
      JobListener listener,
      JobResult.Builder result,
      PublishGate gate) {
    this.jobId = jobId;
    this.flags = flags;
    this.listener = listener;
    this.result = result;
    this.gate = gate;
  }

  JobListener listener() {
    return listener;
  }

  JobResult.Builder result() {
    return result;
  }

  /** Opens the store and names it in the result. */
  ModelStore open(URI root) {
    result.store(root);
    store = flags.store().open(root);
    return store;
  }

  /** The store, once it was opened. */
  Optional<ModelStore> store() {
    return Optional.ofNullable(store);
  }

  /** The surroundings of a job that reads and publishes in this store. */
  JobEnvironment environment(ModelStore opened) {
    return new JobEnvironment(jobId, flags.master(), opened, listener, result, gate);
  }

  /**
   * The surroundings of a job that publishes as its options say. That it can is checked now, not
   * after the training.
   */
  JobEnvironment environment(JobOptions options) {
    result.seed(options.seed()).partitions(options.partitions()).model(options.publishAs());
    ModelStore opened = open(options.store());
    opened.requireWritable(options.publishAs());
    return environment(opened);
  }
}
