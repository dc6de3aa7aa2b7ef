package io.secateur.cli;

import io.secateur.encoding.ByteAccount;
import io.secateur.job.PublishedFigures;
import io.secateur.report.LayerReport;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StoredTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A version as {@code models list NAME} and {@code models show} tell it; with {@code --json} its
 * components are the keys.
 *
 * @param model the model
 * @param version its number
 * @param state "live" or "expired"
 * @param tags tags that name this version, sorted
 * @param created in UTC, ISO 8601
 * @param stage "dense" or "pruned"
 * @param parent "name@version" it was made from, or null
 * @param weights prunable weights before any pruning
 * @param surviving those that are left
 * @param density surviving / weights
 * @param compression weights / surviving, null when none is left
 * @param bytes stored bytes of all tensors
 * @param figures what was measured when it was published
 */
record VersionView(
    String model,
    int version,
    String state,
    List<String> tags,
    String created,
    String stage,
    String parent,
    long weights,
    long surviving,
    double density,
    Double compression,
    long bytes,
    SortedMap<String, Object> figures) {

  static VersionView of(ModelManifest manifest, Map<String, ModelVersion> tags, boolean expired) {
    Provenance provenance = manifest.provenance();
    long surviving = manifest.survivingWeights();
    return new VersionView(
        manifest.version().model(),
        manifest.version().number(),
        expired ? "expired" : "live",
        tags.entrySet().stream()
            .filter(tag -> tag.getValue().equals(manifest.version()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList(),
        manifest.created().toString(),
        provenance.stage(),
        provenance.parent().map(ModelVersion::toString).orElse(null),
        manifest.weightsBeforePruning(),
        surviving,
        manifest.density(),
        surviving == 0 ? null : (double) manifest.weightsBeforePruning() / surviving,
        manifest.bytes().stored(),
        provenance.figures());
  }

  /**
   * Everything about one version.
   *
   * @param summary as in the list
   * @param job the job that made it
   * @param seed its seed
   * @param partitions its partitions
   * @param engine the engine that computed the figures
   * @param layers a row for each layer with weights
   * @param tensors the stored tensors, in canonical order
   * @param account where the stored bytes go
   * @param hashes of the network's content
   * @param data source and fingerprints
   * @param software what ran
   * @param options the job's resolved options
   */
  record Details(
      VersionView summary,
      String job,
      long seed,
      int partitions,
      String engine,
      List<LayerReport> layers,
      List<Tensor> tensors,
      ByteAccount account,
      ModelHashes hashes,
      SortedMap<String, String> data,
      SortedMap<String, String> software,
      SortedMap<String, Object> options) {
    static Details of(ModelManifest manifest, Map<String, ModelVersion> tags, boolean expired) {
      Provenance provenance = manifest.provenance();
      return new Details(
          VersionView.of(manifest, tags, expired),
          provenance.job(),
          provenance.seed(),
          provenance.partitions(),
          provenance.engine(),
          PublishedFigures.of(manifest).layers(),
          manifest.tensors().stream().map(Tensor::of).toList(),
          manifest.bytes(),
          manifest.hashes(),
          provenance.data(),
          provenance.software(),
          provenance.options());
    }
  }

  /**
   * A stored tensor.
   *
   * @param name {@code <layer>.weight}, {@code <layer>.bias}
   * @param shape its dimensions
   * @param weightsBeforePruning 0 for what can't be pruned
   * @param nonZeros values that are stored as such
   * @param encoding how
   * @param bytes length of its file
   */
  record Tensor(
      String name,
      List<Integer> shape,
      long weightsBeforePruning,
      long nonZeros,
      String encoding,
      long bytes) {
    static Tensor of(StoredTensor tensor) {
      return new Tensor(
          tensor.name(),
          Arrays.stream(tensor.shape().toArray()).boxed().toList(),
          tensor.weightsBeforePruning(),
          tensor.nonZeros(),
          tensor.encoding().toString(),
          tensor.length());
    }
  }
}
