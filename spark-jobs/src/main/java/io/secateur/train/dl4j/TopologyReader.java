package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.ParameterSpec;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
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
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a DL4J configuration into a topology. What a layer's configuration says in one goes into
 * nodes of their own (dropout before, activation behind); what is not known here becomes opaque
 * with its tensors.
 */
final class TopologyReader {
  private static final double PIXEL_SCALE = 1.0 / 255;

  private final MultiLayerConfiguration configuration;
  private final MultiLayerNetwork network;
  private final List<String> names;
  private final Set<String> taken;
  private final List<Node> nodes = new ArrayList<>();
  private Node current;

  private TopologyReader(
      MultiLayerConfiguration configuration, MultiLayerNetwork network, Shape input) {
    this.configuration = configuration;
    this.network = network;
    this.names = LayerNames.of(configuration);
    this.taken = new HashSet<>(names);
    taken.add("input");
    place(Node.input("input", input, PIXEL_SCALE));
  }

  /**
   * The topology of an initialised network.
   *
   * @throws IllegalArgumentException when it does not take examples of that shape
   */
  static Topology read(
      MultiLayerConfiguration configuration, MultiLayerNetwork network, Shape input) {
    TopologyReader reader = new TopologyReader(configuration, network, input);
    List<InputType> outputs = configuration.getLayerActivationTypes(reader.inputType(input));
    for (int i = 0; i < reader.names.size(); i++) {
      reader.preprocess(i);
      reader.layer(i, shapeOf(outputs.get(i)));
    }
    return Topology.of(reader.nodes);
  }

  private InputType inputType(Shape input) {
    InputPreProcessor first = configuration.getInputPreProcess(0);
    if (input.rank() == 3 && first instanceof FeedForwardToCnnPreProcessor) {
      return InputType.convolutionalFlat(input.dim(1), input.dim(2), input.dim(0));
    }
    boolean images =
        input.rank() == 3
            && (first instanceof CnnToFeedForwardPreProcessor
                || Layers.inputKind(configuration.getConf(0).getLayer()) == InputType.Type.CNN);
    return images
        ? InputType.convolutional(input.dim(1), input.dim(2), input.dim(0))
        : InputType.feedForward(input.elements());
  }

  private static Shape shapeOf(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional image) {
      return Shape.of(
          Math.toIntExact(image.getChannels()),
          Math.toIntExact(image.getHeight()),
          Math.toIntExact(image.getWidth()));
    }
    return Shape.of(Math.toIntExact(type.arrayElementsPerExample()));
  }

  private void place(Node node) {
    nodes.add(node);
    current = node;
  }

  private String beside(int layer, String what) {
    return LayerNames.unique(names.get(layer) + "-" + what, taken);
  }

  private void preprocess(int layer) {
    InputPreProcessor before = configuration.getInputPreProcess(layer);
    if (before instanceof FeedForwardToCnnPreProcessor
        && current.outputShape().rank() == 3
        && layer == 0) {
      return; // the input is an image already
    }
    if (before != null && !(before instanceof CnnToFeedForwardPreProcessor)) {
      throw new IllegalArgumentException(
          "layer "
              + names.get(layer)
              + " has the preprocessor "
              + before.getClass().getSimpleName()
              + ", which is not supported");
    }
    Layer next = configuration.getConf(layer).getLayer();
    boolean rows = next instanceof DenseLayer || next instanceof OutputLayer;
    if (current.outputShape().rank() == 3 && (before != null || rows)) {
      place(Node.flatten(beside(layer, "flatten"), current.name(), current.outputShape()));
    }
  }

  private void layer(int index, Shape output) {
    Layer layer = configuration.getConf(index).getLayer();
    String name = names.get(index);
    if (layer instanceof FrozenLayer) {
      throw new IllegalArgumentException("layer " + name + " is frozen, which is not supported");
    }
    if (layer instanceof DropoutLayer && layer.getIDropout() instanceof Dropout dropout) {
      place(Node.dropout(name, current.name(), current.outputShape(), 1 - dropout.getP()));
      return;
    }
    if (layer.getIDropout() instanceof Dropout dropout && dropout.getPSchedule() == null) {
      place(
          Node.dropout(
              beside(index, "dropout"), current.name(), current.outputShape(), 1 - dropout.getP()));
    }
    place(main(index, layer, name, output));
    if (layer instanceof ActivationLayer) {
      return;
    }
    if (layer instanceof BaseLayer base && isKnown(nodes.get(nodes.size() - 1))) {
      activation(index, base.getActivationFn());
    }
  }

  private static boolean isKnown(Node node) {
    return !node.attributes().containsKey("type");
  }

  private Node main(int index, Layer layer, String name, Shape output) {
    String input = current.name();
    Shape inputShape = current.outputShape();
    if (layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()) {
      DenseLayer dense = (DenseLayer) layer;
      return bias(Node.dense(name, input, inputShape.elements(), output.dim(0)), dense.hasBias());
    }
    if (layer.getClass() == OutputLayer.class) {
      boolean hasBias = ((BaseOutputLayer) layer).hasBias();
      return bias(Node.dense(name, input, inputShape.elements(), output.dim(0)), hasBias);
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      requireChannelsFirst(name, convolution.getCnn2dDataFormat());
      Node node = convolution(convolution, name, input, inputShape);
      if (node != null && node.outputShape().equals(output)) {
        return bias(node, convolution.hasBias());
      }
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      SubsamplingLayer pool = (SubsamplingLayer) layer;
      requireChannelsFirst(name, pool.getCnn2dDataFormat());
      Node node = maxPool(pool, name, input, inputShape);
      if (node != null && node.outputShape().equals(output)) {
        return node;
      }
    }
    if (layer instanceof BatchNormalization norm
        && !norm.isLockGammaBeta()
        && !norm.isUseLogStd()) {
      return Node.batchNorm(name, input, inputShape, norm.getEps());
    }
    if (layer.getClass() == ActivationLayer.class) {
      Node node = known(((ActivationLayer) layer).getActivationFn(), name, input, inputShape);
      if (node != null) {
        return node;
      }
    }
    return Node.opaque(
        name, layer.getClass().getSimpleName(), List.of(input), output, tensors(index, name));
  }

  private static Node bias(Node node, boolean has) {
    return has ? node : node.withoutBias();
  }

  private static void requireChannelsFirst(String name, CNN2DFormat format) {
    if (format == CNN2DFormat.NHWC) {
      throw new IllegalArgumentException("layer " + name + " has its channels last (NHWC)");
    }
  }

  private static Node convolution(
      ConvolutionLayer layer, String name, String input, Shape inputShape) {
    boolean plain =
        layer.getConvolutionMode() != ConvolutionMode.Same
            && layer.getConvolutionMode() != ConvolutionMode.Causal
            && layer.getDilation()[0] == 1
            && layer.getDilation()[1] == 1;
    if (!plain) {
      return null;
    }
    Window window = window(layer.getKernelSize(), layer.getStride(), layer.getPadding());
    return Node.convolution(name, input, inputShape, Math.toIntExact(layer.getNOut()), window, 1);
  }

  private static Node maxPool(SubsamplingLayer layer, String name, String input, Shape shape) {
    boolean plain =
        layer.getPoolingType() == org.deeplearning4j.nn.conf.layers.PoolingType.MAX
            && layer.getConvolutionMode() != ConvolutionMode.Same
            && layer.getDilation()[0] == 1
            && layer.getDilation()[1] == 1;
    Window window = window(layer.getKernelSize(), layer.getStride(), layer.getPadding());
    return plain ? Node.maxPool(name, input, shape, window) : null;
  }

  private static Window window(int[] kernel, int[] stride, int[] padding) {
    return new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]);
  }

  private void activation(int index, IActivation function) {
    if (function == null || function instanceof ActivationIdentity) {
      return;
    }
    String kind = function.toString().toLowerCase(Locale.ROOT).replaceAll("\\(.*", "");
    String name = beside(index, kind);
    Shape shape = current.outputShape();
    Node node = known(function, name, current.name(), shape);
    place(
        node != null
            ? node
            : Node.opaque(
                name,
                function.getClass().getSimpleName(),
                List.of(current.name()),
                shape,
                List.of()));
  }

  private static Node known(IActivation function, String name, String input, Shape shape) {
    if (function instanceof ActivationReLU relu && relu.equals(new ActivationReLU())) {
      return Node.relu(name, input, shape);
    }
    if (function instanceof ActivationSoftmax) {
      return Node.softmax(name, input, shape);
    }
    return null;
  }

  /** An opaque layer's tensors; f order is the reverse shape row-major. */
  private List<ParameterSpec> tensors(int index, String name) {
    List<ParameterSpec> specs = new ArrayList<>();
    org.deeplearning4j.nn.api.Layer layer = network.getLayer(index);
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
