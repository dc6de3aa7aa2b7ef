package io.secateur.job;

import io.secateur.encoding.ByteAccount;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.report.EnergyReport;
import io.secateur.report.EnergyTable;
import io.secateur.report.JobResult;
import io.secateur.report.LayerReport;
import io.secateur.report.ResultBuilder;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.StoredTensor;
import io.secateur.train.engine.KernelPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a version, counted from its stored tensors and taken from its provenance. */
public final class PublishedFigures {
  private final Topology topology;
  private final List<StoredTensor> tensors;
  private final VersionFigures measured;
  private final Map<String, KernelPlan.Decision> kernels = new HashMap<>();

  PublishedFigures(Topology topology, List<StoredTensor> tensors, VersionFigures measured) {
    this.topology = topology;
    this.tensors = tensors;
    this.measured = measured;
  }

  /** The figures of a version that is published. */
  public static PublishedFigures of(ModelManifest manifest) {
    return new PublishedFigures(
        manifest.topology(),
        manifest.tensors(),
        VersionFigures.of(manifest.provenance().figures()));
  }

  /** Adds what the layers were trained on last. */
  PublishedFigures trainedOn(KernelPlan plan) {
    kernels.putAll(plan.decisions());
    return this;
  }

  double testErrorPercent() {
    return measured.testErrorPercent();
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
    return measured.parametersBeforePruning().orElseGet(() -> weightsBefore() + others());
  }

  /**
   * What it was before any pruning.
   *
   * @param weights prunable weights of then, by layer
   */
  Origin origin(Map<String, Long> weights) {
    return new Origin(weights, parametersBefore(), measured.neuronsRemoved());
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

  private long denseBytes() {
    return Float.BYTES * parametersBefore();
  }

  private ByteAccount account() {
    return tensors.stream().map(StoredTensor::bytes).reduce(ByteAccount::plus).orElseThrow();
  }

  /** Tells all of it, with the test error of the pruned network. */
  void fill(ResultBuilder result, double testErrorPercent, ModelHashes hashes) {
    result.pruned(
        new JobResult.Pruned(testErrorPercent, surviving(), surviving() + others(), density()));
    result.compression(
        (double) weightsBefore() / surviving(), (double) denseBytes() / account().stored());
    fillStored(result, hashes);
  }

  /** Tells what is stored, of a network that was not pruned. */
  void fillDense(ResultBuilder result, ModelHashes hashes) {
    fillStored(result, hashes);
  }

  private void fillStored(ResultBuilder result, ModelHashes hashes) {
    List<LayerReport> layers = layers();
    result.bytes(JobResult.Bytes.of(denseBytes(), account()));
    result.energy(EnergyReport.of(layers, denseBytes(), account().stored()));
    result.layers(layers);
    result.hashes(hashes.masks(), hashes.parameters());
  }

  /** A row for each layer with prunable weights, in canonical order. */
  public List<LayerReport> layers() {
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
    String name = node.name();
    long before = weights.stream().mapToLong(StoredTensor::weightsBeforePruning).sum();
    long surviving = weights.stream().mapToLong(StoredTensor::nonZeros).sum();
    double density = before == 0 ? 0 : (double) surviving / before;
    Long flop = node.kind() == NodeKind.OPAQUE ? null : flopBefore(node, before);
    Double flopPercent = measured.enteringPercent(name).map(in -> density * in).orElse(null);
    KernelPlan.Decision kernel = kernels.get(name);
    return new LayerReport(
        name,
        node.kind().wireName(),
        before,
        surviving,
        density,
        measured.threshold(name).orElse(null),
        flop,
        measured.activationPercent(name).orElse(null),
        flopPercent,
        weights.get(0).encoding().toString(),
        parts.stream().mapToLong(StoredTensor::length).sum(),
        kernel == null ? null : kernel.kernel().wireName(),
        kernel == null ? null : kernel.reason(),
        measured.neuronsRemoved(name),
        flop == null || flopPercent == null ? null : energy(before, weights, flop, flopPercent),
        measured.histograms(name));
  }

  /** Each weight is used as often as now: neurons that are gone leave the pixels of others. */
  private long flopBefore(Node node, long weightsBefore) {
    long weights = node.parameters().get(0).shape().elements();
    return weights == 0 ? 0 : topology.flop(node) / weights * weightsBefore;
  }

  private LayerReport.Energy energy(
      long weightsBefore, List<StoredTensor> weights, long flop, double flopPercent) {
    long stored = weights.stream().mapToLong(StoredTensor::length).sum();
    return new LayerReport.Energy(
        EnergyTable.microjoules(
            EnergyTable.Memory.holding(denseBytes()), Float.BYTES * weightsBefore, (double) flop),
        EnergyTable.microjoules(
            EnergyTable.Memory.holding(account().stored()), stored, flop * flopPercent / 100));
  }
}
