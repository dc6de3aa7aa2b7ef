package io.secateur.train.engine;

import io.secateur.kernel.Kernels;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.train.Predictor;

/** Predictions by our own kernels. */
final class NativePredictor implements Predictor {
  private final NativeNetwork network;
  private final int outputs;

  NativePredictor(Kernels kernels, Topology topology, NetworkParameters parameters) {
    this.network = NetworkBuilder.fixed(kernels, topology, BATCH);
    this.outputs = topology.output().outputShape().elements();
    network.parameters().putValues(parameters.weights(), parameters.others(), network.arena());
  }

  @Override
  public void predict(float[] features, int count, float[] predicted) {
    if (count < 1 || count > BATCH) {
      throw new IllegalArgumentException("1 to " + BATCH + " examples, found " + count);
    }
    network.predict(features, count, predicted);
  }

  @Override
  public int outputs() {
    return outputs;
  }

  /** All is on the heap. */
  @Override
  public void close() {}
}
