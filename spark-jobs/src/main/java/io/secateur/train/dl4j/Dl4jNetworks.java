package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.util.ModelSerializer;

/** Between topologies and DL4J's configurations. */
public final class Dl4jNetworks {
  private Dl4jNetworks() {}

  /**
   * Renders a topology as a DL4J network: a chain of dense layers, convolutions, pools, ReLU,
   * flattening and dropout that ends in a dense layer with softmax, trained with cross-entropy. It
   * is a MultiLayerNetwork, or with convolutions in groups, which DL4J does not have, a
   * ComputationGraph with a convolution for each group.
   *
   * @throws IllegalArgumentException naming the node that can't be rendered
   */
  public static NetworkDefinition render(Topology topology) {
    Dl4jRuntime.prepare();
    return new NetworkDefinition(topology, ChainRenderer.render(topology));
  }

  /**
   * The definition of a network whose configuration was stored.
   *
   * @param configuration UTF-8 JSON of DL4J, as a definition had it
   */
  public static NetworkDefinition definition(Topology topology, byte[] configuration) {
    return new NetworkDefinition(topology, new String(configuration, StandardCharsets.UTF_8));
  }

  /**
   * The same network with layers that have lost neurons: its configuration as it is, with other
   * sizes.
   *
   * @param smaller the nodes of the definition's topology, dense layers and convolutions with fewer
   *     outputs or inputs
   */
  public static NetworkDefinition resized(NetworkDefinition definition, Topology smaller) {
    if (smaller.equals(definition.topology())) {
      return definition;
    }
    Dl4jRuntime.prepare();
    Dl4jConfiguration configuration = Dl4jConfiguration.fromJson(definition.dl4jConfiguration());
    configuration.layers().forEach(layer -> layer.resize(smaller));
    return new NetworkDefinition(smaller, configuration.toJson());
  }

  /**
   * Reads any MultiLayerNetwork, or ComputationGraph with one input and one output, that DL4J's
   * ModelSerializer wrote. Its loss and dropout are kept; updater, schedules, regularisation,
   * constraints and gradient clipping are not.
   *
   * @param name how messages call the file
   * @param input the shape of an example, [channels, height, width]
   * @throws io.secateur.error.DataException when the file is not such a network, is damaged or cut
   *     short, or takes other examples
   */
  public static ImportedNetwork read(InputStream zip, String name, Shape input) {
    Dl4jRuntime.prepare();
    return ForeignNetwork.read(zip, name).imported(input);
  }

  /**
   * Writes a network as DL4J's ModelSerializer does: plain DL4J opens it as the MultiLayerNetwork
   * or ComputationGraph that it is, without an updater's state. It takes examples that are scaled
   * already, as the topology's input says.
   *
   * @param out is left open
   * @throws IllegalArgumentException when the parameters are not those of the configuration
   * @throws IOException when {@code out} fails
   */
  public static void write(
      NetworkDefinition definition, NetworkParameters parameters, OutputStream out)
      throws IOException {
    Dl4jRuntime.prepare();
    Dl4jModel network = Dl4jConfiguration.fromJson(definition.dl4jConfiguration()).init();
    try {
      FlatLayout.of(network, parameters.layout())
          .write(parameters.weights(), parameters.others(), Memory.of(network.parameters()));
      ModelSerializer.writeModel(network.model(), out, false);
    } finally {
      network.close();
    }
  }
}
