package io.secateur.catalog;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.store.ModelVersion;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.dl4j.NetworkZip;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of a catalog, open to be read once. */
interface ModelSource extends AutoCloseable {
  /** What the network is. */
  NetworkDefinition definition();

  /** The places of its parameters. */
  ParameterLayout layout();

  /** Its tensors in the order in which their first values are read. */
  List<ParameterTensor> begun();

  /** Its tensors in the order in which their last values are read. */
  List<ParameterTensor> arriving();

  /** Prunable weights before any pruning, by layer. */
  Map<String, Long> weightsBeforePruning();

  /** The stored version that it is. */
  Optional<ModelVersion> version();

  /**
   * Reads all parameters.
   *
   * @throws io.secateur.error.SecateurException when they are damaged or not finite
   */
  void read(NetworkZip.Destination destination);

  @Override
  void close();
}
