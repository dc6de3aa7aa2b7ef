package io.secateur.bench;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network of which only the shapes and densities matter.
 *
 * @param name as in {@code vgg-16}
 */
record PrunedNetwork(String name, List<PrunedLayer> layers) {
  /** The densities of Han et al. 2015, table 4. */
  static final PrunedNetwork ALEXNET = of(ShippedNetwork.ALEXNET, 84, 38, 35, 37, 37, 9, 9, 25);

  /** The densities of Han et al. 2015, table 5. */
  static final PrunedNetwork VGG_16 =
      of(ShippedNetwork.VGG_16, 58, 22, 34, 36, 53, 24, 42, 32, 27, 34, 35, 29, 36, 4, 4, 23);

  PrunedNetwork {
    layers = List.copyOf(layers);
  }

  /**
   * The layers of a network that ships.
   *
   * @param percents the weights that survive, by layer
   */
  private static PrunedNetwork of(ShippedNetwork network, int... percents) {
    List<ParameterTensor> weights = ParameterLayout.of(network.topology()).weights();
    return new PrunedNetwork(
        network.wireName(),
        IntStream.range(0, percents.length)
            .mapToObj(
                i -> new PrunedLayer(weights.get(i).layer(), weights.get(i).shape(), percents[i]))
            .toList());
  }

  /** Weights and biases. */
  long parameters() {
    return weights() + layers.stream().mapToLong(PrunedLayer::biases).sum();
  }

  long weights() {
    return layers.stream().mapToLong(PrunedLayer::weights).sum();
  }
}
