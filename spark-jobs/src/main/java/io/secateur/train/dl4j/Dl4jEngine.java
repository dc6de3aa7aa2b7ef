package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.train.Engine;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import io.secateur.train.WorkerSetup;

/**
 * Deeplearning4j's layers: runs any of its MultiLayerNetworks, and its ComputationGraphs with one
 * input and one output. Equal bits are promised on the same CPU type and native classifier with one
 * maths thread.
 */
public final class Dl4jEngine implements Engine {
  private static final long serialVersionUID = 1L;

  /** The name in manifests and result files. */
  public static final String ID = "dl4j";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public LocalTrainer trainer(WorkerSetup setup) {
    return new Dl4jTrainer(setup);
  }

  @Override
  public Predictor predictor(NetworkDefinition network, NetworkParameters parameters) {
    return new Dl4jPredictor(network, parameters);
  }
}
