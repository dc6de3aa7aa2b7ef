package io.secateur.bench;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A network, or a layer of one, that predicts.
 *
 * @param name in the rows' names, as in {@code fc7}
 * @param topology what is measured
 * @param dl4j the same for DL4J, whose networks end in a softmax
 * @param densities of the layers, 0 to 1; survivors lie anywhere
 */
record InferenceCase(String name, Topology topology, Topology dl4j, List<Double> densities) {
  private static final long SEED = 1;
  private static final double PIXEL = 1.0 / 255;

  InferenceCase {
    densities = List.copyOf(densities);
  }

  /** The networks of Han et al. 2015 at its densities, and the two largest layers. */
  static List<InferenceCase> all() {
    return List.of(
        layer("fc6", 512 * 7 * 7, 4096, 0.04),
        layer("fc7", 4096, 4096, 0.04),
        whole(ShippedNetwork.LENET_300_100, 0.08, 0.09, 0.26),
        whole(ShippedNetwork.LENET_5, 0.66, 0.12, 0.08, 0.19));
  }

  /** A dense layer with its ReLU; with a softmax in its place for DL4J. */
  static InferenceCase layer(String name, int inputs, int outputs, double density) {
    Node input = Node.input("input", Shape.of(inputs), PIXEL);
    Node dense = Node.dense(name, "input", inputs, outputs);
    Shape row = Shape.of(outputs);
    return new InferenceCase(
        name,
        Topology.of(input, dense, Node.relu("relu", name, row)),
        Topology.of(input, dense, Node.softmax("softmax", name, row)),
        List.of(density));
  }

  static InferenceCase whole(ShippedNetwork network, Double... densities) {
    Topology topology = network.topology();
    return new InferenceCase(network.wireName(), topology, topology, List.of(densities));
  }

  /** Whether DL4J's network gives the same values. */
  boolean isWhole() {
    return topology.equals(dl4j);
  }

  String densityText() {
    return densities.stream()
        .map(density -> String.format(Locale.ROOT, "%.0f", 100 * density))
        .collect(Collectors.joining(" / ", "", " %"));
  }

  /** Weights at random, of which the densities' share survives; biases at random. */
  NetworkParameters parameters() {
    SplittableRandom random = new SplittableRandom(SEED);
    ParameterLayout layout = ParameterLayout.of(topology);
    NetworkParameters parameters = NetworkParameters.zeros(layout);
    for (int i = 0; i < densities.size(); i++) {
      ParameterTensor tensor = layout.weights().get(i);
      double density = densities.get(i);
      int inputs = tensor.elements() / tensor.shape().dim(0);
      double bound = Math.sqrt(3 / (inputs * density));
      float[] arena = parameters.arenaOf(tensor);
      for (int at = tensor.offset(); at < tensor.end(); at++) {
        arena[at] = random.nextDouble() < density ? (float) random.nextDouble(-bound, bound) : 0f;
      }
    }
    for (int i = 0; i < parameters.others().length; i++) {
      parameters.others()[i] = (float) random.nextDouble(-0.1, 0.1);
    }
    return parameters;
  }

  /** The same parameters for DL4J's topology, which has the same tensors. */
  NetworkParameters forDl4j(NetworkParameters parameters) {
    return NetworkParameters.wrapping(
        ParameterLayout.of(dl4j), parameters.weights(), parameters.others());
  }
}
