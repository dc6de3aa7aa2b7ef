package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Between topologies and DL4J's configurations. */
public final class Dl4jNetworks {
  private Dl4jNetworks() {}

  /**
   * Renders a topology as a DL4J network: a chain of dense layers, convolutions, pools, ReLU,
   * flattening and dropout that ends in a dense layer with softmax, trained with cross-entropy.
   *
   * @throws IllegalArgumentException naming the node that can't be rendered
   */
  public static NetworkDefinition render(Topology topology) {
    Dl4jRuntime.prepare();
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).updater(new NoOp()).list();
    requireChain(topology);
    List<Node> nodes = topology.nodes();
    boolean flat = false;
    boolean first = true;
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Activation activation = activationBehind(nodes, i);
      switch (node.kind()) {
        case FLATTEN -> flat |= first;
        case DENSE -> list.layer(dense(node, activation, i + 2 == nodes.size()));
        case CONVOLUTION -> list.layer(convolution(node, activation));
        case MAX_POOL -> list.layer(maxPool(node));
        case DROPOUT ->
            list.layer(
                new DropoutLayer.Builder(1 - node.decimal("rate")).name(node.name()).build());
        case RELU, SOFTMAX -> requireRendered(nodes.get(i - 1), node);
        case INPUT, ADD, BATCH_NORM, OPAQUE -> throw unrendered(node);
      }
      first &= node.kind() == NodeKind.FLATTEN;
    }
    if (activationBehind(nodes, nodes.size() - 2) != Activation.SOFTMAX) {
      throw unrendered(topology.output());
    }
    Shape input = topology.inputShape();
    list.setInputType(
        flat || input.rank() != 3
            ? InputType.feedForward(input.elements())
            : InputType.convolutional(input.dim(1), input.dim(2), input.dim(0)));
    return new NetworkDefinition(topology, list.build().toJson());
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

  private static void requireChain(Topology topology) {
    Iterator<Node> nodes = topology.nodes().iterator();
    Node previous = nodes.next();
    while (nodes.hasNext()) {
      Node node = nodes.next();
      if (!node.inputs().equals(List.of(previous.name()))) {
        throw unrendered(node);
      }
      previous = node;
    }
  }

  private static Activation activationBehind(List<Node> nodes, int place) {
    NodeKind next = place + 1 < nodes.size() ? nodes.get(place + 1).kind() : NodeKind.OPAQUE;
    return switch (next) {
      case RELU -> Activation.RELU;
      case SOFTMAX -> Activation.SOFTMAX;
      default -> Activation.IDENTITY;
    };
  }

  private static void requireRendered(Node previous, Node activation) {
    boolean withLayer =
        previous.kind() == NodeKind.DENSE
            || (previous.kind() == NodeKind.CONVOLUTION && activation.kind() == NodeKind.RELU);
    if (!withLayer) {
      throw unrendered(activation);
    }
  }

  private static org.deeplearning4j.nn.conf.layers.Layer dense(
      Node node, Activation activation, boolean last) {
    boolean bias = node.parameters().size() > 1;
    int outputs = node.outputShape().dim(0);
    if (last) {
      return new OutputLayer.Builder(LossFunction.MCXENT)
          .name(node.name())
          .nOut(outputs)
          .hasBias(bias)
          .activation(activation)
          .build();
    }
    if (activation == Activation.SOFTMAX) {
      throw unrendered(node);
    }
    return new DenseLayer.Builder()
        .name(node.name())
        .nOut(outputs)
        .hasBias(bias)
        .activation(activation)
        .build();
  }

  private static ConvolutionLayer convolution(Node node, Activation activation) {
    if (node.integer("groups") != 1) {
      throw unrendered(node);
    }
    Window window = node.window();
    return new ConvolutionLayer.Builder(window.kernelHeight(), window.kernelWidth())
        .name(node.name())
        .stride(window.strideHeight(), window.strideWidth())
        .padding(window.paddingHeight(), window.paddingWidth())
        .nOut(node.outputShape().dim(0))
        .hasBias(node.parameters().size() > 1)
        .activation(activation)
        .build();
  }

  private static SubsamplingLayer maxPool(Node node) {
    Window window = node.window();
    return new SubsamplingLayer.Builder(
            SubsamplingLayer.PoolingType.MAX,
            new int[] {window.kernelHeight(), window.kernelWidth()},
            new int[] {window.strideHeight(), window.strideWidth()},
            new int[] {window.paddingHeight(), window.paddingWidth()})
        .name(node.name())
        .build();
  }

  private static IllegalArgumentException unrendered(Node node) {
    return new IllegalArgumentException(
        "DL4J's sequential network has no layer for " + node + " with the inputs " + node.inputs());
  }
}
