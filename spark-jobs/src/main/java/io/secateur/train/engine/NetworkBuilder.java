package io.secateur.train.engine;

import io.secateur.kernel.Activations;
import io.secateur.kernel.Arena;
import io.secateur.kernel.Convolution;
import io.secateur.kernel.ConvolutionBackward;
import io.secateur.kernel.Dense;
import io.secateur.kernel.DenseBackward;
import io.secateur.kernel.Filter;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import io.secateur.kernel.MaxPool;
import io.secateur.kernel.SparseConvolution;
import io.secateur.kernel.SparseConvolutionBackward;
import io.secateur.kernel.SparseDense;
import io.secateur.kernel.SparseDenseBackward;
import io.secateur.kernel.SparseRows;
import io.secateur.kernel.Trained;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.DropoutDensity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Turns a topology into layers over one arena. ReLU and dropout work in place; flattening is free,
 * because whatever comes before a dense layer writes flat values; a halving pool and the ReLU
 * before it become part of their convolution.
 */
final class NetworkBuilder {
  private static final int ROUNDING = Kernels.BLOCK;

  private final Kernels kernels;
  private final Arena arena = new Arena();
  private final Topology topology;
  private final List<Node> nodes;
  private final Mask mask;
  private final ParameterMap parameters;
  private final boolean training;
  private final int chunks;
  private final List<Layer> forward = new ArrayList<>();
  private final Deque<BackwardStep> backward = new ArrayDeque<>();
  private final List<DropoutLayer> dropouts = new ArrayList<>();
  private Activations values;
  private Activations gradient;

  private NetworkBuilder(
      Kernels kernels, Topology topology, Mask mask, KernelPlan plan, int batch) {
    this.kernels = kernels;
    this.topology = topology;
    this.nodes = topology.nodes();
    ParameterLayout layout = ParameterLayout.of(topology);
    this.training = mask != null;
    this.mask = mask;
    this.parameters =
        training
            ? ParameterMap.trained(arena, layout, mask, plan)
            : ParameterMap.fixed(arena, layout);
    this.chunks = (batch + ROUNDING - 1) / ROUNDING;
  }

  /**
   * A network that trains the survivors of a mask.
   *
   * @param plan the kernel of each layer
   * @param batch the most examples in a minibatch
   */
  static NativeNetwork trained(
      Kernels kernels, Topology topology, Mask mask, KernelPlan plan, int batch) {
    return new NetworkBuilder(kernels, topology, mask, plan, batch).build();
  }

  /** A network that predicts. */
  static NativeNetwork fixed(Kernels kernels, Topology topology, int batch) {
    return new NetworkBuilder(kernels, topology, null, null, batch).build();
  }

  private NativeNetwork build() {
    Activations input = activations(0);
    values = input;
    int place = 1;
    while (place < nodes.size()) {
      place = add(place);
    }
    return new NativeNetwork(
        arena.memory(), input, values, gradient, forward, backward, dropouts, parameters);
  }

  /** Adds a node, and those that it takes in; returns the place of the next. */
  private int add(int place) {
    Node node = nodes.get(place);
    switch (node.kind()) {
      case DENSE -> {
        return addDense(place);
      }
      case CONVOLUTION -> {
        return addConvolution(place);
      }
      case MAX_POOL -> addPool(place);
      case RELU -> addRelu();
      case DROPOUT -> addDropout(place);
      case FLATTEN, SOFTMAX -> {} // by the layout; by the loss
      case INPUT, ADD, BATCH_NORM, OPAQUE -> throw new IllegalArgumentException("no " + node);
    }
    return place + 1;
  }

  private int addDense(int place) {
    Node node = nodes.get(place);
    SparseRows rows = parameters.rows(weightsOf(node));
    if (rows != null) {
      return addSparseDense(place, rows);
    }
    Activations out = activations(place);
    Dense layer = new Dense(kernels, arena, values, out, weights(node), bias(node));
    forward.add(layer);
    if (training) {
      Activations outGradient = out.another(arena);
      backward.push(
          new BackwardStep(new DenseBackward(arena, layer, outGradient, gradient), node.name()));
      gradient = outGradient;
    }
    values = out;
    return place + 1;
  }

  private int addSparseDense(int place, SparseRows rows) {
    Node node = nodes.get(place);
    boolean rectified = kindAt(place + 1) == NodeKind.RELU;
    float low = rectified ? 0f : Float.NEGATIVE_INFINITY;
    Activations out = activations(place);
    SparseDense layer =
        new SparseDense(kernels, arena, values, out, rows, weights(node), bias(node), low);
    forward.add(layer);
    Activations outGradient = out.another(arena);
    backward.push(
        new BackwardStep(
            new SparseDenseBackward(arena, layer, outGradient, gradient), node.name()));
    gradient = outGradient;
    values = out;
    return place + (rectified ? 2 : 1);
  }

  private int addConvolution(int place) {
    Node node = nodes.get(place);
    int next = place + 1;
    boolean rectified = kindAt(next) == NodeKind.RELU;
    next += rectified ? 1 : 0;
    float low = rectified ? 0f : Float.NEGATIVE_INFINITY;
    boolean pooled = kindAt(next) == NodeKind.MAX_POOL && filterOf(nodes.get(next)).isHalving();
    next += pooled ? 1 : 0;
    Activations out = activations(next - 1);
    SparseRows rows = parameters.rows(weightsOf(node));
    if (rows != null) {
      addSparseConvolution(node, rows, out, pooled, low);
      return next;
    }
    Filter filter = filterOf(node);
    Trained weights = weights(node);
    Trained bias = bias(node);
    Convolution layer =
        pooled
            ? Convolution.pooled(kernels, arena, filter, values, out, weights, bias, low)
            : Convolution.of(kernels, arena, filter, values, out, weights, bias, low);
    forward.add(layer);
    if (training) {
      Activations outGradient = out.another(arena);
      backward.push(
          new BackwardStep(
              new ConvolutionBackward(arena, layer, outGradient, gradient), node.name()));
      gradient = outGradient;
    }
    values = out;
    return next;
  }

  private void addSparseConvolution(
      Node node, SparseRows rows, Activations out, boolean pooled, float low) {
    Filter filter = filterOf(node);
    Trained weights = weights(node);
    Trained bias = bias(node);
    SparseConvolution layer =
        pooled
            ? SparseConvolution.pooled(
                kernels, arena, filter, values, out, rows, weights, bias, low)
            : SparseConvolution.of(kernels, arena, filter, values, out, rows, weights, bias, low);
    forward.add(layer);
    Activations outGradient = out.another(arena);
    backward.push(
        new BackwardStep(
            new SparseConvolutionBackward(arena, layer, outGradient, gradient), node.name()));
    gradient = outGradient;
    values = out;
  }

  private void addPool(int place) {
    Activations out = activations(place);
    MaxPool layer = new MaxPool(arena, filterOf(nodes.get(place)), values, out);
    forward.add(layer);
    if (gradient != null) {
      Activations outGradient = out.another(arena);
      backward.push(BackwardStep.untrained(layer.backward(outGradient, gradient)));
      gradient = outGradient;
    }
    values = out;
  }

  private void addRelu() {
    Activations at = values;
    forward.add(memory -> kernels.relu(memory, at.first(), at.length()));
    if (gradient != null) {
      Activations back = gradient;
      backward.push(
          BackwardStep.untrained(
              (memory, scale, rule) ->
                  kernels.reluBackward(memory, at.first(), back.first(), at.length())));
    }
  }

  private void addDropout(int place) {
    double rate = nodes.get(place).decimal("rate");
    if (!training || rate == 0) {
      return;
    }
    double adjusted =
        DropoutDensity.kept(1 - rate, DropoutDensity.from(nodes.get(place).name(), topology, mask));
    int factors = arena.reserve(values.length());
    DropoutLayer layer = new DropoutLayer(kernels, values, factors, 1 - rate, adjusted);
    forward.add(layer);
    dropouts.add(layer);
    if (gradient != null) {
      backward.push(BackwardStep.untrained(layer.backward(gradient)));
    }
  }

  private NodeKind kindAt(int place) {
    return place < nodes.size() ? nodes.get(place).kind() : NodeKind.OPAQUE;
  }

  /** A part for what leaves a node, as the next layer that is not in place wants it. */
  private Activations activations(int place) {
    int reader = place + 1;
    while (kindAt(reader) == NodeKind.RELU
        || kindAt(reader) == NodeKind.DROPOUT
        || kindAt(reader) == NodeKind.FLATTEN) {
      reader++;
    }
    Shape shape = nodes.get(place).outputShape();
    int channels = shape.dim(0);
    int height = shape.rank() == 3 ? shape.dim(1) : 1;
    int width = shape.rank() == 3 ? shape.dim(2) : 1;
    if (shape.rank() != 3 && shape.rank() != 1) {
      channels = shape.elements();
    }
    if (kindAt(reader) == NodeKind.CONVOLUTION || kindAt(reader) == NodeKind.MAX_POOL) {
      Filter filter = filterOf(nodes.get(reader));
      int borderHeight = kindAt(reader) == NodeKind.MAX_POOL ? 0 : filter.paddingHeight();
      int borderWidth = kindAt(reader) == NodeKind.MAX_POOL ? 0 : filter.paddingWidth();
      return Activations.images(arena, chunks, channels, height, width, borderHeight, borderWidth);
    }
    return Activations.flat(arena, chunks, channels, height, width);
  }

  static Filter filterOf(Node node) {
    Window window = node.window();
    return new Filter(
        window.kernelHeight(),
        window.kernelWidth(),
        window.strideHeight(),
        window.strideWidth(),
        window.paddingHeight(),
        window.paddingWidth());
  }

  private Trained weights(Node node) {
    return parameters.tensor(weightsOf(node));
  }

  private static String weightsOf(Node node) {
    return node.parameters().get(0).name();
  }

  /** Null for a layer without biases. */
  private Trained bias(Node node) {
    return node.parameters().size() < 2 ? null : parameters.bias(node.parameters().get(1).name());
  }
}
