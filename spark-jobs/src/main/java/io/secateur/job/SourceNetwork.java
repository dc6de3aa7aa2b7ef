package io.secateur.job;

import io.secateur.network.NetworkParameters;
import io.secateur.store.ModelVersion;
import io.secateur.tensor.Mask;
import io.secateur.train.NetworkDefinition;
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
  private final Origin origin;
  private final ModelVersion version;
  private final boolean trained;

  SourceNetwork(
      NetworkDefinition definition,
      NetworkParameters parameters,
      Mask mask,
      Origin origin,
      ModelVersion version,
      boolean trained) {
    this.definition = definition;
    this.parameters = parameters;
    this.mask = mask;
    this.origin = origin;
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
    return origin.weights();
  }

  /** What it was before any pruning. */
  Origin origin() {
    return origin;
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
    return with(definition, result, mask, origin, version);
  }

  /** The same network, now a version of the store. */
  SourceNetwork publishedAs(ModelVersion stored) {
    return with(definition, parameters, mask, origin, stored);
  }

  /** The same network after a cut and its retraining. */
  SourceNetwork cutTo(NetworkParameters result) {
    return with(definition, result, result.mask(), origin, version);
  }

  /** What pruning has made of it. */
  SourceNetwork narrowedTo(NarrowedNetwork end) {
    return with(
        end.definition(),
        end.parameters(),
        end.parameters().mask(),
        origin.without(end.neuronsRemoved()),
        version);
  }

  private SourceNetwork with(
      NetworkDefinition itsDefinition,
      NetworkParameters itsParameters,
      Mask itsMask,
      Origin itsOrigin,
      ModelVersion itsVersion) {
    return new SourceNetwork(itsDefinition, itsParameters, itsMask, itsOrigin, itsVersion, true);
  }
}
