package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterSpec;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nodes of a topology, made of DL4J's layers one after the other. What a layer's configuration
 * says in one goes into nodes of their own (dropout before, activation behind); what is not known
 * here becomes opaque with its tensors.
 */
final class LayerNodes {
  private static final double PIXEL_SCALE = 1.0 / 255;

  private final Set<String> taken;
  private final List<Node> nodes = new ArrayList<>();
  private final Node input;

  /**
   * @param names of all layers and vertices, which no other node can have
   * @param input the shape of an example
   */
  LayerNodes(Collection<String> names, Shape input) {
    this.taken = new HashSet<>(names);
    taken.add(LayerNames.INPUT);
    this.input = place(Node.input(LayerNames.INPUT, input, PIXEL_SCALE));
  }

  /** The examples. */
  Node input() {
    return input;
  }

  /** All nodes placed. */
  Topology topology() {
    return Topology.of(nodes);
  }

  static Shape shapeOf(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional image) {
      return Shape.of(
          Math.toIntExact(image.getChannels()),
          Math.toIntExact(image.getHeight()),
          Math.toIntExact(image.getWidth()));
    }
    return Shape.of(Math.toIntExact(type.arrayElementsPerExample()));
  }

  /** Adds a node that is no layer's. */
  Node place(Node node) {
    nodes.add(node);
    return node;
  }

  /**
   * Adds the nodes of a layer.
   *
   * @param from what the layer reads
   * @param output the shape of what leaves it
   * @param instance the layer in an initialised network
   * @return the last of its nodes
   * @throws IllegalArgumentException when the layer has something that is not supported
   */
  Node place(NamedLayer layer, Node from, Shape output, org.deeplearning4j.nn.api.Layer instance) {
    Layer conf = layer.layer();
    String name = layer.node();
    Node flat = flattened(layer, from);
    if (conf instanceof DropoutLayer && conf.getIDropout() instanceof Dropout dropout) {
      return place(Node.dropout(name, flat.name(), flat.outputShape(), 1 - dropout.getP()));
    }
    // DL4J's batch normalisation takes dropout and activation from defaults, and uses neither
    boolean plain = conf instanceof BatchNormalization;
    Node read = plain ? flat : dropped(name, conf, flat);
    Optional<Node> known = known(conf, name, read, output);
    Node main =
        place(
            known.orElseGet(
                () ->
                    Node.opaque(
                        name,
                        conf.getClass().getSimpleName(),
                        List.of(read.name()),
                        output,
                        tensors(instance, name))));
    return !plain && known.isPresent() && conf instanceof BaseLayer base
        ? activation(name, base.getActivationFn(), main)
        : main;
  }

  private Node dropped(String layer, Layer conf, Node from) {
    return conf.getIDropout() instanceof Dropout dropout && dropout.getPSchedule() == null
        ? place(
            Node.dropout(
                beside(layer, "dropout"), from.name(), from.outputShape(), 1 - dropout.getP()))
        : from;
  }

  private String beside(String layer, String what) {
    return LayerNames.unique(layer + "-" + what, taken);
  }

  /** What a layer reads, in a row if it wants one. */
  private Node flattened(NamedLayer layer, Node from) {
    InputPreProcessor before = layer.before().orElse(null);
    boolean image = from.outputShape().rank() == 3;
    if (before instanceof FeedForwardToCnnPreProcessor && image && from.kind() == NodeKind.INPUT) {
      return from; // the input is an image already
    }
    if (before != null && !(before instanceof CnnToFeedForwardPreProcessor)) {
      throw new IllegalArgumentException(
          "layer "
              + layer.node()
              + " has the preprocessor "
              + before.getClass().getSimpleName()
              + ", which is not supported");
    }
    boolean rows = layer.layer() instanceof DenseLayer || layer.layer() instanceof OutputLayer;
    return image && (before != null || rows)
        ? place(Node.flatten(beside(layer.node(), "flatten"), from.name(), from.outputShape()))
        : from;
  }

  private static Optional<Node> known(Layer layer, String name, Node from, Shape output) {
    String input = from.name();
    Shape shape = from.outputShape();
    if (layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()) {
      Node node = Node.dense(name, input, shape.elements(), output.dim(0));
      return Optional.of(bias(node, ((DenseLayer) layer).hasBias()));
    }
    if (layer.getClass() == OutputLayer.class) {
      Node node = Node.dense(name, input, shape.elements(), output.dim(0));
      return Optional.of(bias(node, ((BaseOutputLayer) layer).hasBias()));
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      requireChannelsFirst(name, convolution.getCnn2dDataFormat());
      int channels = Math.toIntExact(convolution.getNOut());
      return Windows.of(convolution, shape, output)
          .map(window -> Node.convolution(name, input, shape, channels, window, 1))
          .filter(node -> node.outputShape().equals(output))
          .map(node -> bias(node, convolution.hasBias()));
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      SubsamplingLayer pool = (SubsamplingLayer) layer;
      requireChannelsFirst(name, pool.getCnn2dDataFormat());
      return Windows.of(pool, shape, output)
          .filter(window -> pool.getPoolingType() == PoolingType.MAX)
          .map(window -> Node.maxPool(name, input, shape, window))
          .filter(node -> node.outputShape().equals(output));
    }
    if (layer instanceof BatchNormalization norm) {
      requireChannelsFirst(name, shape.rank() == 3 ? norm.getCnn2DFormat() : CNN2DFormat.NCHW);
      return norm.isLockGammaBeta() || norm.isUseLogStd()
          ? Optional.empty()
          : Optional.of(Node.batchNorm(name, input, shape, norm.getEps()));
    }
    return layer.getClass() == ActivationLayer.class
        ? known(((ActivationLayer) layer).getActivationFn(), name, from)
        : Optional.empty();
  }

  private static Node bias(Node node, boolean has) {
    return has ? node : node.withoutBias();
  }

  private static void requireChannelsFirst(String name, CNN2DFormat format) {
    if (format == CNN2DFormat.NHWC) {
      throw new IllegalArgumentException("layer " + name + " has its channels last (NHWC)");
    }
  }

  private Node activation(String layer, IActivation function, Node from) {
    if (function == null || function instanceof ActivationIdentity) {
      return from;
    }
    String kind = function.toString().toLowerCase(Locale.ROOT).replaceAll("\\(.*", "");
    String name = beside(layer, kind);
    return place(
        known(function, name, from)
            .orElseGet(
                () ->
                    Node.opaque(
                        name,
                        function.getClass().getSimpleName(),
                        List.of(from.name()),
                        from.outputShape(),
                        List.of())));
  }

  private static Optional<Node> known(IActivation function, String name, Node from) {
    if (function instanceof ActivationReLU relu && relu.equals(new ActivationReLU())) {
      return Optional.of(Node.relu(name, from.name(), from.outputShape()));
    }
    return function instanceof ActivationSoftmax
        ? Optional.of(Node.softmax(name, from.name(), from.outputShape()))
        : Optional.empty();
  }

  /** An opaque layer's tensors; f order is the reverse shape row-major. */
  private static List<ParameterSpec> tensors(org.deeplearning4j.nn.api.Layer layer, String name) {
    List<ParameterSpec> specs = new ArrayList<>();
    for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
      INDArray view = entry.getValue();
      boolean weight =
          layer
              .conf()
              .getLayer()
              .initializer()
              .isWeightParam(layer.conf().getLayer(), entry.getKey());
      boolean vector = view.length() == view.size(0) || view.length() == view.size(view.rank() - 1);
      int[] dims = new int[view.rank()];
      for (int i = 0; i < dims.length; i++) {
        int axis = view.ordering() == 'f' ? dims.length - 1 - i : i;
        dims[i] = Math.toIntExact(view.size(axis));
      }
      Shape shape = vector ? Shape.of(Math.toIntExact(view.length())) : Shape.of(dims);
      boolean statistic =
          layer.conf().getLayer() instanceof BatchNormalization
              && !entry.getKey().equals("gamma")
              && !entry.getKey().equals("beta");
      Role role = statistic ? Role.STATISTIC : weight && !vector ? Role.WEIGHT : Role.BIAS;
      specs.add(new ParameterSpec(LayerNames.parameter(name, entry.getKey()), shape, role));
    }
    return specs;
  }
}
