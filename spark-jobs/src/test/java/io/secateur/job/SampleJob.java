package io.secateur.job;

import io.secateur.config.CommandLineOverrides;
import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import io.secateur.report.Captured;
import io.secateur.report.JobListener;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.QuietListener;
import io.secateur.report.ResultBuilder;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small job on the sample's 800 real digits: two epochs dense, two cuts, two epochs of hold. */
final class SampleJob {
  final PublishGate gate = new PublishGate();
  final ResultBuilder result;
  private final ModelStore store;
  private final String jobId;
  private final String master;
  private final String data;

  private SampleJob(String jobId, String master, URI store, String data) {
    this.jobId = jobId;
    this.master = master;
    this.store = ModelStores.open(store);
    this.data = data;
    this.result = JobResult.builder("prune", jobId);
  }

  static SampleJob on(String jobId, String master, URI store) {
    return on(jobId, master, store, SampleDigits.train(), SampleDigits.test());
  }

  static SampleJob on(String jobId, String master, URI store, IdxFiles train, IdxFiles test) {
    String data =
        "train: {images: \"%s\", labels: \"%s\"}, test: {images: \"%s\", labels: \"%s\"}"
            .formatted(train.images(), train.labels(), test.images(), test.labels());
    return new SampleJob(jobId, master, store, data);
  }

  /** On the same digits in Parquet. */
  static SampleJob onParquet(String jobId, String master, URI store, URI train, URI test) {
    String data = "format: parquet, train: \"%s\", test: \"%s\"".formatted(train, test);
    return new SampleJob(jobId, master, store, data);
  }

  ModelStore store() {
    return store;
  }

  JobEnvironment environment() {
    return environment(store, JobHistory.first(0));
  }

  /** Told to a listener of the test's own. */
  JobEnvironment environment(JobListener listener) {
    return new JobEnvironment(jobId, master, store, listener, result, gate, JobHistory.first(0));
  }

  /** Another view of the store, and what came before. */
  JobEnvironment environment(ModelStore view, JobHistory history) {
    return new JobEnvironment(
        jobId, master, view, new QuietListener(new Captured().stream()), result, gate, history);
  }

  /**
   * The job's options.
   *
   * @param source the line of the job file that names the network
   * @param sets as {@code --set} has them
   */
  JobOptions options(String source, String... sets) {
    String yaml =
        """
        %s
        publish-as: sample
        data: {%s, validation: 200, augment: {shift-pixels: 1}}
        store: %s
        train: {epochs: 2, batch-size: 32, learning-rate: 0.1}
        rounds: {minibatches: 4}
        prune:
          scope: global
          sparsity: 0.9
          schedule: {kind: iterative, steps: 2, every-epochs: 1, hold-epochs: 2}
        """
            .formatted(source, data, store.root());
    return JobFileReader.read(
        "sample.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        List.of(sets),
        CommandLineOverrides.none());
  }
}
