package io.secateur.job;

import io.secateur.network.NetworkParameters;
import io.secateur.store.ModelVersion;
import io.secateur.tensor.Mask;
import io.secateur.train.NetworkDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The network that a job starts from: what it is, the weights it has, and what was cut from it
 * before.
 */
final class SourceNetwork {
  private final NetworkDefinition definition;
  private final NetworkParameters parameters;
  private final Mask mask;
  private final Map<String, Long> weightsBeforePruning;
  private final ModelVersion version;
  private final boolean trained;

  SourceNetwork(
      NetworkDefinition definition,
      NetworkParameters parameters,
      Mask mask,
      Map<String, Long> weightsBeforePruning,
      ModelVersion version,
      boolean trained) {
    this.definition = definition;
    this.parameters = parameters;
    this.mask = mask;
    this.weightsBeforePruning =
        Collections.unmodifiableMap(new LinkedHashMap<>(weightsBeforePruning));
    this.version = version;
    this.trained = trained;
  }

  NetworkDefinition definition() {
    return definition;
  }

  NetworkParameters parameters() {
    return parameters;
  }

  /** Weights that were not pruned before; the full mask for a network that never was. */
  Mask mask() {
    return mask;
  }

  Map<String, Long> weightsBeforePruning() {
    return weightsBeforePruning;
  }

  /** The stored version these parameters are, if they are one. */
  Optional<ModelVersion> version() {
    return Optional.ofNullable(version);
  }

  boolean needsTraining() {
    return !trained;
  }

  /** The same network after training. */
  SourceNetwork trainedTo(NetworkParameters result) {
    return new SourceNetwork(definition, result, mask, weightsBeforePruning, version, true);
  }

  /** The same network, now a version of the store. */
  SourceNetwork publishedAs(ModelVersion stored) {
    return new SourceNetwork(definition, parameters, mask, weightsBeforePruning, stored, true);
  }
}
