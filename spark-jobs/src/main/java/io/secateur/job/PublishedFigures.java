package io.secateur.job;

import io.secateur.encoding.ByteAccount;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.prune.LayerOutcome;
import io.secateur.report.JobResult;
import io.secateur.report.LayerReport;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.StoredTensor;
import io.secateur.train.engine.KernelPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a version, counted from its stored tensors. */
final class PublishedFigures {
  /** Where a provenance's figures hold the thresholds of the last cut, by layer. */
  static final String THRESHOLD = "threshold";

  private final Topology topology;
  private final List<StoredTensor> tensors;
  private final Map<String, Double> thresholds = new LinkedHashMap<>();
  private final Map<String, KernelPlan.Decision> kernels = new HashMap<>();

  PublishedFigures(Topology topology, List<StoredTensor> tensors, List<LayerOutcome> lastCut) {
    this.topology = topology;
    this.tensors = tensors;
    for (LayerOutcome layer : lastCut) {
      layer.threshold().ifPresent(threshold -> thresholds.put(layer.layer(), threshold));
    }
  }

  /** The figures of a version that is published, with the thresholds that its provenance tells. */
  static PublishedFigures of(ModelManifest manifest) {
    PublishedFigures figures =
        new PublishedFigures(manifest.topology(), manifest.tensors(), List.of());
    if (manifest.provenance().figures().get(THRESHOLD) instanceof Map<?, ?> layers) {
      layers.forEach(
          (layer, threshold) ->
              figures.thresholds.put((String) layer, ((Number) threshold).doubleValue()));
    }
    return figures;
  }

  /** Adds what the layers were trained on last. */
  PublishedFigures trainedOn(KernelPlan plan) {
    kernels.putAll(plan.decisions());
    return this;
  }

  /** Prunable weights before any pruning. */
  long weightsBefore() {
    return tensors.stream().mapToLong(StoredTensor::weightsBeforePruning).sum();
  }

  /** Prunable weights that are left. */
  long surviving() {
    return tensors.stream().filter(StoredTensor::prunable).mapToLong(StoredTensor::nonZeros).sum();
  }

  /** Parameters before any pruning, biases and statistics included. */
  long parametersBefore() {
    return weightsBefore() + others();
  }

  double density() {
    return (double) surviving() / weightsBefore();
  }

  private long others() {
    return tensors.stream()
        .filter(tensor -> !tensor.prunable())
        .mapToLong(tensor -> tensor.shape().elements())
        .sum();
  }

  /** Tells all of it, with the test error of the pruned network. */
  void fill(JobResult.Builder result, double testErrorPercent, ModelHashes hashes) {
    ByteAccount account =
        tensors.stream().map(StoredTensor::bytes).reduce(ByteAccount::plus).orElseThrow();
    long denseBytes = Float.BYTES * parametersBefore();
    result.pruned(
        new JobResult.Pruned(testErrorPercent, surviving(), surviving() + others(), density()));
    result.compression(
        (double) weightsBefore() / surviving(), (double) denseBytes / account.stored());
    fillStored(result, account, hashes);
  }

  /** Tells what is stored, of a network that was not pruned. */
  void fillDense(JobResult.Builder result, ModelHashes hashes) {
    fillStored(
        result,
        tensors.stream().map(StoredTensor::bytes).reduce(ByteAccount::plus).orElseThrow(),
        hashes);
  }

  private void fillStored(JobResult.Builder result, ByteAccount account, ModelHashes hashes) {
    result.bytes(JobResult.Bytes.of(Float.BYTES * parametersBefore(), account));
    result.layers(layers());
    result.hashes(hashes.masks(), hashes.parameters());
  }

  private List<LayerReport> layers() {
    Map<String, List<StoredTensor>> byLayer = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors) {
      byLayer.computeIfAbsent(tensor.layer(), name -> new ArrayList<>()).add(tensor);
    }
    List<LayerReport> rows = new ArrayList<>();
    byLayer.forEach(
        (name, parts) -> {
          List<StoredTensor> weights = parts.stream().filter(StoredTensor::prunable).toList();
          if (!weights.isEmpty()) {
            rows.add(layer(topology.node(name).orElseThrow(), weights, parts));
          }
        });
    return rows;
  }

  private LayerReport layer(Node node, List<StoredTensor> weights, List<StoredTensor> parts) {
    LayerReport stored =
        LayerReport.stored(
            node.name(),
            node.kind().wireName(),
            weights.stream().mapToLong(StoredTensor::weightsBeforePruning).sum(),
            weights.stream().mapToLong(StoredTensor::nonZeros).sum(),
            thresholds.get(node.name()),
            node.kind() == NodeKind.OPAQUE ? null : topology.flop(node),
            weights.get(0).encoding().toString(),
            parts.stream().mapToLong(StoredTensor::length).sum());
    KernelPlan.Decision decision = kernels.get(node.name());
    return decision == null ? stored : stored.on(decision.kernel().wireName(), decision.reason());
  }
}
