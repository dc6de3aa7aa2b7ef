package io.secateur.job;

import io.secateur.config.EngineChoice;
import io.secateur.config.JobOptions;
import io.secateur.data.DataSplits;
import io.secateur.error.SecateurException;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.Topology;
import io.secateur.preflight.Finding;
import io.secateur.preflight.JobNeeds;
import io.secateur.preflight.Preflight;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a cluster, a store and the data are fit for a job; nothing is trained or published. */
public final class PreflightJob {
  private final JobEnvironment environment;
  private final Filesystems filesystems;

  /**
   * A job that is not started yet.
   *
   * @param filesystems which ones the store may lie on
   */
  public PreflightJob(JobEnvironment environment, Filesystems filesystems) {
    this.environment = environment;
    this.filesystems = filesystems;
  }

  /**
   * Looks at everything.
   *
   * @param options of the job; empty for a job with a small network
   */
  public List<Finding> run(Optional<JobOptions> options) {
    List<Finding> findings = new ArrayList<>();
    JobNeeds needs = options.map(job -> needs(job, findings)).orElseGet(PreflightJob::smallNeeds);
    findings.addAll(
        new Preflight(environment.master(), needs, environment.store(), filesystems).run());
    return findings;
  }

  private static JobNeeds smallNeeds() {
    return JobNeeds.least(KernelProvider.preferredLaneBits());
  }

  private JobNeeds needs(JobOptions options, List<Finding> findings) {
    try {
      SourceNetwork source = SourceNetworks.load(options, Optional.empty(), environment);
      NetworkDefinition definition = source.definition();
      options.resolveAgainst(definition.topology());
      findings.add(data(options, definition.topology()));
      EngineSelection training = EngineSelection.forTraining(options, definition);
      EngineSelection retraining = EngineSelection.forRetraining(options, definition);
      training.requireChoiceFor(options, retraining);
      boolean dl4j =
          training.choice() == EngineChoice.DL4J || retraining.choice() == EngineChoice.DL4J;
      return JobNeeds.of(
          definition.topology(),
          options.train().batchSize(),
          options.partitions(),
          dl4j,
          training.laneBitsOr(retraining).orElse(KernelProvider.PLAIN));
    } catch (SecateurException e) {
      findings.add(Finding.ofDriver("network", e.problem()));
      return smallNeeds();
    }
  }

  private static Finding data(JobOptions options, Topology topology) {
    try {
      DataSplits data =
          DataSplits.open(
              SparkRuntime.hadoopConfiguration(),
              DataFilesOf.options(options.data()),
              DataFilesOf.split(options.data()),
              topology.output().outputShape().elements());
      data.requireInput(topology.inputShape());
      return Finding.ofDriver("data", "there, of the network's shape");
    } catch (SecateurException e) {
      return Finding.ofDriver("data", e.problem());
    }
  }
}
