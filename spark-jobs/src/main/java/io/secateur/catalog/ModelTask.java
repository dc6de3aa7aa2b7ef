package io.secateur.catalog;

import io.secateur.config.CatalogPolicy;
import io.secateur.config.CatalogPolicyReader;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.error.SecateurException;
import io.secateur.job.CatalogMember;
import io.secateur.job.Software;
import io.secateur.network.ParameterTensor;
import io.secateur.prune.LayerOutcome;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.PayloadWriter;
import io.secateur.store.Provenance;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.store.hadoop.ModelStores;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkFailures;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compresses one model in an executor: reads, cuts, writes its payload, and verifies it. Nothing is
 * published. A model that can't be compressed is a result as well; only a task that is killed, or
 * whose host is in trouble, fails.
 */
final class ModelTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final CatalogEntry entry;
  private final String policyYaml;
  private final String policyHash;
  private final URI store;
  private final String jobId;
  private final String knownFingerprint;

  /**
   * @param known the newest version that a catalog's run with this policy has made of the model
   */
  ModelTask(
      CatalogEntry entry, CatalogPolicy policy, URI store, String jobId, Optional<Product> known) {
    this.entry = entry;
    this.policyYaml = policy.toYaml();
    this.policyHash = policy.hash();
    this.store = store;
    this.jobId = jobId;
    this.knownFingerprint =
        known
            .filter(product -> product.policy().equals(policy.hash()))
            .map(Product::fingerprint)
            .orElse("");
  }

  /** Does the work. */
  TaskOutcome run() {
    long start = System.nanoTime();
    try {
      return SparkFailures.inTask(() -> compress(start));
    } catch (SecateurException e) {
      return TaskOutcome.failed(e.problem(), since(start));
    }
  }

  private TaskOutcome compress(long start) {
    CatalogPolicy policy =
        CatalogPolicyReader.read("policy", policyYaml.getBytes(StandardCharsets.UTF_8), List.of());
    ModelStore models = ModelStores.open(store, Filesystems.UNPROVEN_ALLOWED);
    try (OpenModel open = OpenModel.of(entry, policy, models)) {
      if (open.fingerprint().equals(knownFingerprint)) {
        return TaskOutcome.unchanged(since(start));
      }
      try (ModelSource source = open.source()) {
        return TaskOutcome.written(
            admitted(source, open.fingerprint(), policy, models), since(start));
      }
    }
  }

  private ModelManifest admitted(
      ModelSource source, String fingerprint, CatalogPolicy policy, ModelStore models) {
    CutByRules cut = new CutByRules(entry.model(), policy, source);
    long limit = policy.memoryBytes().orElse(MemoryBudget.ofHeap());
    long needed = cut.peakBytes(source);
    if (needed > limit) {
      throw tooLarge(needed, limit);
    }
    return MemoryBudget.ofThisJvm()
        .with(needed, limit, () -> write(source, cut, fingerprint, policy, models));
  }

  private ModelManifest write(
      ModelSource source,
      CutByRules cut,
      String fingerprint,
      CatalogPolicy policy,
      ModelStore models) {
    NetworkDefinition network = source.definition();
    Map<String, Long> before = source.weightsBeforePruning();
    try (PayloadWriter writer = models.writePayload(entry.model(), network.topology())) {
      cut.run(
          source,
          (tensor, values, from, encoding) ->
              writer.write(tensor, values, from, encoding, weightsBefore(source, before, tensor)));
      return writer.finish(
          network.dl4jConfiguration().getBytes(StandardCharsets.UTF_8),
          provenance(source, fingerprint, policy, cut));
    }
  }

  private static long weightsBefore(
      ModelSource source, Map<String, Long> before, ParameterTensor tensor) {
    if (!tensor.isPrunable()) {
      return 0;
    }
    boolean alone =
        source.layout().weights().stream()
                .filter(other -> other.layer().equals(tensor.layer()))
                .count()
            == 1;
    return alone ? before.get(tensor.layer()) : tensor.elements();
  }

  private static JobFailedException tooLarge(long needed, long limit) {
    return new JobFailedException(
        new Problem(
            "too large: " + (needed >> 20) + " MiB that must be in memory together",
            "at most " + (limit >> 20) + " MiB in an executor",
            "raise memory.per-executor-mebibytes and the executors' memory, or let its layers not"
                + " compete: scope per-layer"));
  }

  private Provenance provenance(
      ModelSource source, String fingerprint, CatalogPolicy policy, CutByRules cut) {
    Map<String, Object> figures = new HashMap<>();
    figures.put("parametersBeforePruning", source.layout().parameterCount());
    Map<String, Double> thresholds = new TreeMap<>();
    for (LayerOutcome layer : cut.outcomes().values()) {
      layer.threshold().ifPresent(threshold -> thresholds.put(layer.layer(), threshold));
    }
    figures.put("threshold", thresholds);
    Map<String, Object> options = new HashMap<>(policy.document());
    options.putAll(Product.options(policyHash));
    return new Provenance(
        source.version().orElse(null),
        jobId,
        "pruned",
        options,
        Product.data(entry.source(), fingerprint),
        1,
        1,
        CatalogMember.engineOf(source.definition()),
        Software.versions(),
        figures);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
