package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Writes a topology that is a chain as a configuration of DL4J. */
final class ChainRenderer {
  private final Topology topology;
  private final List<Node> nodes;

  private ChainRenderer(Topology topology) {
    this.topology = topology;
    this.nodes = topology.nodes();
  }

  /**
   * The JSON of the configuration.
   *
   * @throws IllegalArgumentException naming the node that can't be rendered
   */
  static String render(Topology topology) {
    ChainRenderer renderer = new ChainRenderer(topology);
    requireChain(topology);
    if (renderer.activationBehind(renderer.nodes.size() - 2) != Activation.SOFTMAX) {
      throw unrendered(topology.output());
    }
    boolean grouped = renderer.nodes.stream().anyMatch(node -> groups(node) > 1);
    return grouped ? renderer.graph().toJson() : renderer.list();
  }

  private static NeuralNetConfiguration.Builder begun() {
    return new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).updater(new NoOp());
  }

  private String list() {
    NeuralNetConfiguration.ListBuilder list = begun().list();
    for (int i = 1; i < nodes.size(); i++) {
      layer(i).ifPresent(list::layer);
    }
    list.setInputType(inputType());
    return list.build().toJson();
  }

  private ComputationGraphConfiguration graph() {
    ComputationGraphConfiguration.GraphBuilder graph = begun().graphBuilder();
    String last = topology.input().name();
    graph.addInputs(last);
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Optional<Layer> layer = layer(i);
      if (groups(node) > 1) {
        addGroups(graph, i, last);
        last = node.name();
      } else if (layer.isPresent()) {
        graph.addLayer(node.name(), layer.get(), last);
        if (nodes.get(i - 1).kind() == NodeKind.FLATTEN) {
          graph.inputPreProcessor(node.name(), flattening(nodes.get(i - 2).outputShape()));
        }
        last = node.name();
      }
    }
    // without input types: DL4J takes a subset of channels from a to b for one of a - b + 1
    return graph.setOutputs(last).build();
  }

  private static CnnToFeedForwardPreProcessor flattening(Shape image) {
    return new CnnToFeedForwardPreProcessor(image.dim(1), image.dim(2), image.dim(0));
  }

  /** Channels of the input go to the groups, and those that leave them are put together again. */
  private void addGroups(ComputationGraphConfiguration.GraphBuilder graph, int place, String from) {
    Node node = nodes.get(place);
    int channels = nodes.get(place - 1).outputShape().dim(0) / groups(node);
    String[] names = new String[groups(node)];
    for (int group = 0; group < names.length; group++) {
      names[group] = LayerNames.group(node.name(), group + 1);
      String slice = names[group] + "-input";
      int first = group * channels;
      graph.addVertex(slice, new SubsetVertex(first, first + channels - 1), from);
      graph.addLayer(names[group], convolution(node, activationBehind(place)), slice);
    }
    graph.addVertex(node.name(), new MergeVertex(), names);
  }

  private InputType inputType() {
    Shape input = topology.inputShape();
    return nodes.get(1).kind() == NodeKind.FLATTEN || input.rank() != 3
        ? InputType.feedForward(input.elements())
        : InputType.convolutional(input.dim(1), input.dim(2), input.dim(0));
  }

  /** The layer of a node; none of one that goes into the layer before or behind it. */
  private Optional<Layer> layer(int place) {
    Node node = nodes.get(place);
    return switch (node.kind()) {
      case DENSE -> Optional.of(dense(place));
      case CONVOLUTION -> Optional.of(convolution(node, activationBehind(place)));
      case MAX_POOL -> Optional.of(maxPool(node));
      case DROPOUT ->
          Optional.of(new DropoutLayer.Builder(1 - node.decimal("rate")).name(node.name()).build());
      case FLATTEN -> Optional.empty();
      case RELU, SOFTMAX -> {
        requireRendered(nodes.get(place - 1), node);
        yield Optional.empty();
      }
      case INPUT, ADD, BATCH_NORM, OPAQUE -> throw unrendered(node);
    };
  }

  private static int groups(Node node) {
    return node.kind() == NodeKind.CONVOLUTION ? node.integer("groups") : 1;
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

  private Activation activationBehind(int place) {
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

  private Layer dense(int place) {
    Node node = nodes.get(place);
    Activation activation = activationBehind(place);
    boolean bias = node.parameters().size() > 1;
    int outputs = node.outputShape().dim(0);
    if (place + 2 == nodes.size()) {
      return new OutputLayer.Builder(LossFunction.MCXENT)
          .name(node.name())
          .nIn(inputs(node))
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
        .nIn(inputs(node))
        .nOut(outputs)
        .hasBias(bias)
        .activation(activation)
        .build();
  }

  /** One group of a convolution, which is the whole of it when there is one. */
  private static ConvolutionLayer convolution(Node node, Activation activation) {
    Window window = node.window();
    return new ConvolutionLayer.Builder(window.kernelHeight(), window.kernelWidth())
        .name(node.name())
        .nIn(inputs(node))
        .stride(window.strideHeight(), window.strideWidth())
        .padding(window.paddingHeight(), window.paddingWidth())
        .nOut(node.outputShape().dim(0) / groups(node))
        .hasBias(node.parameters().size() > 1)
        .activation(activation)
        .build();
  }

  /** The values, or channels, that each output reads. */
  private static int inputs(Node node) {
    return node.parameters().get(0).shape().dim(1);
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
        "DL4J has no layer for " + node + " with the inputs " + node.inputs());
  }
}
