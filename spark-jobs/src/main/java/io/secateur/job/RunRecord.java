package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.RecordedJob;
import io.secateur.config.Source;
import io.secateur.data.DataSplits;
import io.secateur.network.NetworkHashes;
import io.secateur.store.ModelReference;
import io.secateur.train.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a job's options were resolved to, as {@code job.yaml} records it under {@code run}. */
final class RunRecord {
  private static final String SOURCE = "source";

  private RunRecord() {}

  /**
   * The record of a job.
   *
   * @param job what is done: "train", "prune"
   */
  static RecordedJob of(
      String job,
      JobOptions options,
      String jobId,
      Engine engine,
      SourceNetwork source,
      DataSplits data) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("job", job);
    source.version().ifPresent(version -> run.put(SOURCE, version.toString()));
    if (options.source() instanceof Source.FromFile) {
      run.put("source-parameters", NetworkHashes.parameters(source.parameters()));
    }
    run.put("data", data.fingerprints());
    run.put("engine", engine.id());
    run.put("software", Map.of("secateur", Software.version()));
    run.put("java", Runtime.version().feature());
    return RecordedJob.of(options, jobId, run);
  }

  /** The version that {@code from} was resolved to. */
  static Optional<ModelReference> source(RecordedJob recorded) {
    return recorded.run(SOURCE).map(ModelReference::parse);
  }
}
