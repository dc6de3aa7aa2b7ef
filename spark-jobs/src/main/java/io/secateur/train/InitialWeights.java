package io.secateur.train;

import io.secateur.data.RandomStream;
import io.secateur.data.Seeds;
import io.secateur.network.NetworkParameters;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import java.util.Arrays;

/**
 * Where dense training starts: weights are Gaussian with mean 0 and variance 1 / fan-in, from
 * (seed, layer name) in canonical order; biases are 0. The same for every engine.
 */
public final class InitialWeights {
  private static final long PURPOSE = Seeds.of("initial-weights");

  private InitialWeights() {}

  /** Fresh parameters; fan-in is the number of weights of one output. */
  public static NetworkParameters of(Topology topology, long seed) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    for (ParameterTensor tensor : parameters.layout().tensors()) {
      float[] arena = parameters.arenaOf(tensor);
      if (tensor.spec().role() == Role.WEIGHT) {
        fillGaussian(arena, tensor, Seeds.random(seed, PURPOSE, Seeds.of(tensor.layer())));
      } else if (isScale(tensor)) {
        Arrays.fill(arena, tensor.offset(), tensor.end(), 1f);
      }
    }
    return parameters;
  }

  private static void fillGaussian(float[] arena, ParameterTensor tensor, RandomStream random) {
    int outputs = Math.max(1, tensor.shape().dim(0));
    int fanIn = Math.max(1, tensor.elements() / outputs);
    double deviation = Math.sqrt(1.0 / fanIn);
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      arena[i] = (float) (deviation * random.nextGaussian());
    }
  }

  /** Batch norm starts as the identity: scale and variance 1. */
  private static boolean isScale(ParameterTensor tensor) {
    return tensor.kind() == NodeKind.BATCH_NORM
        && (tensor.name().endsWith(".scale") || tensor.name().endsWith(".variance"));
  }
}
