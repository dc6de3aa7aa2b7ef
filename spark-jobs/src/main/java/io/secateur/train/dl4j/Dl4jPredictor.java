package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;

/** Predictions by DL4J's layers. */
final class Dl4jPredictor implements Predictor {
  private final Dl4jNetwork network;

  Dl4jPredictor(NetworkDefinition definition, NetworkParameters parameters) {
    this.network = new Dl4jNetwork(definition);
    network.setParameters(parameters.weights(), parameters.others());
  }

  @Override
  public void predict(float[] features, int count, float[] outputs) {
    if (count < 1 || count > BATCH) {
      throw new IllegalArgumentException("1 to " + BATCH + " examples, found " + count);
    }
    Dl4jRuntime.prepareThread();
    network.predict(features, count, outputs);
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public void close() {
    network.close();
  }
}
