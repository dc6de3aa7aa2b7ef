package io.secateur.train;

import io.secateur.network.NetworkParameters;
import java.io.Serializable;

/**
 * Something that can train and run networks. An engine travels to the workers in Java's serial form
 * and holds no state.
 */
public interface Engine extends Serializable {
  /** The stable name in manifests and result files, as in {@code dl4j}. */
  String id();

  /** A trainer of one partition, made on the worker. */
  LocalTrainer trainer(WorkerSetup setup);

  /**
   * The network at these parameters, to predict with.
   *
   * @param parameters copied
   */
  Predictor predictor(NetworkDefinition network, NetworkParameters parameters);
}
