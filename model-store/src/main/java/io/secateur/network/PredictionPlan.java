package io.secateur.network;

import io.secateur.error.UsageException;
import io.secateur.kernel.WeightRows;
import io.secateur.tensor.Shape;
import io.secateur.tensor.WeightTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A topology as steps over slots of values, made once and shared by all threads. Dropout is
 * nothing, flattening is nothing in front of dense layers; ReLU, and a halving pool behind a
 * convolution, become part of the step before when nothing else reads what is between.
 */
final class PredictionPlan {
  private static final int[] NO_BORDER = {0, 0};

  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final TensorReader tensors;
  private final LayerForm form;
  private final List<Plane> planes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<LayerPlan> layers = new ArrayList<>();

  private PredictionPlan(Topology topology, TensorReader tensors, LayerForm form) {
    this.tensors = tensors;
    this.form = form;
    for (Node node : topology.nodes()) {
      nodes.put(node.name(), node);
      node.inputs()
          .forEach(input -> readers.computeIfAbsent(input, key -> new ArrayList<>()).add(node));
    }
  }

  /**
   * @throws UsageException naming every layer that can't be run
   */
  static PredictionPlan of(Topology topology, TensorReader tensors, LayerForm form) {
    requireKnown(topology);
    PredictionPlan plan = new PredictionPlan(topology, tensors, form);
    for (Node node : topology.nodes()) {
      if (!plan.slots.containsKey(node.name())) {
        plan.add(node);
      }
    }
    return plan;
  }

  private static void requireKnown(Topology topology) {
    List<String> unknown =
        topology.nodes().stream()
            .filter(node -> !isKnown(node, topology))
            .map(node -> node.name() + " of kind " + kindOf(node))
            .toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          (unknown.size() == 1 ? "layer " : "layers ") + String.join(", ", unknown),
          "dense, convolution, max-pool, relu, dropout, flatten, add, batch-norm, and a softmax of"
              + " a row at the end",
          "run this model with DL4J: secateur models export MODEL --format dl4j --to FILE");
    }
  }

  private static boolean isKnown(Node node, Topology topology) {
    return switch (node.kind()) {
      case INPUT, DENSE, CONVOLUTION, MAX_POOL, RELU, DROPOUT, FLATTEN, ADD -> true;
      case BATCH_NORM -> node.outputShape().rank() == 1 || node.outputShape().rank() == 3;
      case SOFTMAX -> node.equals(topology.output()) && node.outputShape().rank() == 1;
      case OPAQUE -> false;
    };
  }

  private static String kindOf(Node node) {
    return node.kind() == NodeKind.OPAQUE ? node.text("type") : node.kind().wireName();
  }

  /** The layout of each slot. */
  List<Plane> planes() {
    return planes;
  }

  List<Step> steps() {
    return steps;
  }

  List<LayerPlan> layers() {
    return layers;
  }

  int slotOf(Node node) {
    return slots.get(node.name());
  }

  private void add(Node node) {
    switch (node.kind()) {
      case INPUT -> newSlot(node, node);
      case DENSE -> addDense(node);
      case CONVOLUTION -> addConvolution(node);
      case MAX_POOL -> {
        int in = inputOf(node);
        steps.add(new PoolStep(node.window(), in, newSlot(node, node)));
      }
      case RELU, ADD, BATCH_NORM -> addElements(node);
      case FLATTEN -> addFlatten(node);
      case DROPOUT, SOFTMAX -> slots.put(node.name(), inputOf(node));
      case OPAQUE -> throw new IllegalArgumentException("no " + node);
    }
  }

  private void addDense(Node node) {
    int in = inputOf(node);
    int[] places = new int[nodes.get(node.inputs().get(0)).outputShape().elements()];
    for (int i = 0; i < places.length; i++) {
      places[i] = planes.get(in).placeOf(i);
    }
    Node last = withRelu(node);
    WeightRows weights = weights(node, places);
    steps.add(new DenseStep(weights, bias(node), low(last), in, newSlot(node, last)));
  }

  private void addConvolution(Node node) {
    int in = inputOf(node);
    Plane from = planes.get(in);
    Window window = node.window();
    int channels = from.channels / node.integer("groups");
    int[] places = new int[channels * window.kernelHeight() * window.kernelWidth()];
    for (int i = 0; i < places.length; i++) {
      int x = i % window.kernelWidth();
      int y = i / window.kernelWidth() % window.kernelHeight();
      int channel = i / window.kernelWidth() / window.kernelHeight();
      places[i] = channel * from.channelStep + y * from.rowStep + x;
    }
    Node rectified = withRelu(node);
    Node last = withHalvingPool(rectified);
    WeightRows weights = weights(node, places);
    steps.add(
        new ConvolutionStep(
            weights,
            bias(node),
            low(rectified),
            window,
            node.integer("groups"),
            node.outputShape().dim(1),
            node.outputShape().dim(2),
            !last.equals(rectified),
            in,
            newSlot(node, last)));
  }

  private WeightRows weights(Node node, int[] places) {
    ParameterSpec spec = parameter(node, "weight");
    WeightTensor tensor = tensors.read(spec);
    WeightRows rows = RowsBuilder.rows(tensor, places, node.kind(), form);
    layers.add(
        new LayerPlan(
            node.name(),
            node.kind(),
            spec.shape().elements(),
            tensor.nonZeros(),
            rows.isSparse() ? LayerForm.SPARSE : LayerForm.DENSE,
            rows.bytes() + (long) Float.BYTES * rows.rows()));
    return rows;
  }

  private static ParameterSpec parameter(Node node, String what) {
    String name = node.name() + "." + what;
    return node.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private Biases bias(Node node) {
    ParameterSpec spec = parameter(node, "bias");
    return Biases.wrapping(
        spec == null
            ? new float[parameter(node, "weight").shape().dim(0)]
            : tensors.read(spec).toDense());
  }

  private void addElements(Node node) {
    List<Integer> in = node.inputs().stream().map(slots::get).toList();
    Node last = node.kind() == NodeKind.RELU ? node : withRelu(node);
    int channels = planes.get(in.get(0)).channels;
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    Arrays.fill(scale, 1f);
    if (node.kind() == NodeKind.BATCH_NORM) {
      normalise(node, scale, shift);
    }
    steps.add(
        new ElementStep(
            Biases.wrapping(scale), Biases.wrapping(shift), low(last), in, newSlot(node, last)));
  }

  /** scale (x - mean) / sqrt(variance + epsilon) + shift as one multiplication and one addition. */
  private void normalise(Node node, float[] scale, float[] shift) {
    float[] mean = tensors.read(parameter(node, "mean")).toDense();
    float[] variance = tensors.read(parameter(node, "variance")).toDense();
    ParameterSpec learnt = parameter(node, "scale");
    float[] factor = learnt == null ? scale.clone() : tensors.read(learnt).toDense();
    float[] offset =
        learnt == null ? shift.clone() : tensors.read(parameter(node, "shift")).toDense();
    for (int channel = 0; channel < scale.length; channel++) {
      double times = factor[channel] / Math.sqrt(variance[channel] + node.decimal("epsilon"));
      scale[channel] = (float) times;
      shift[channel] = (float) (offset[channel] - mean[channel] * times);
    }
  }

  private void addFlatten(Node node) {
    int in = inputOf(node);
    boolean free = readersOf(node).stream().allMatch(reader -> reader.kind() == NodeKind.DENSE);
    if (free && !readersOf(node).isEmpty()) {
      slots.put(node.name(), in);
    } else {
      steps.add(new FlattenStep(in, newSlot(node, node)));
    }
  }

  private int inputOf(Node node) {
    return slots.get(node.inputs().get(0));
  }

  /** The ReLU behind a node when it alone reads the node; else the node. */
  private Node withRelu(Node node) {
    Node reader = onlyReader(node);
    return reader != null && reader.kind() == NodeKind.RELU ? reader : node;
  }

  private Node withHalvingPool(Node node) {
    Node reader = onlyReader(node);
    boolean halving =
        reader != null
            && reader.kind() == NodeKind.MAX_POOL
            && reader.window().equals(Window.square(2, 2, 0));
    return halving ? reader : node;
  }

  private Node onlyReader(Node node) {
    List<Node> all = readers.getOrDefault(node.name(), List.of());
    return all.size() == 1 ? all.get(0) : null;
  }

  private static float low(Node last) {
    return last.kind() == NodeKind.RELU ? 0f : Float.NEGATIVE_INFINITY;
  }

  /** A slot for what leaves {@code last}, the end of the step that began with {@code first}. */
  private int newSlot(Node first, Node last) {
    int[] border = borderFor(last);
    Shape shape = last.outputShape();
    planes.add(
        shape.rank() == 3 && border != NO_BORDER
            ? Plane.bordered(shape, border[0], border[1])
            : Plane.compact(shape));
    int slot = planes.size() - 1;
    for (Node node = first; ; node = onlyReader(node)) {
      slots.put(node.name(), slot);
      if (node.equals(last)) {
        return slot;
      }
    }
  }

  private int[] borderFor(Node node) {
    int[] border = NO_BORDER;
    for (Node reader : readersOf(node)) {
      if (reader.kind() == NodeKind.CONVOLUTION) {
        Window window = reader.window();
        border =
            new int[] {
              Math.max(border[0], window.paddingHeight()),
              Math.max(border[1], window.paddingWidth())
            };
      }
    }
    return border;
  }

  /** Who reads a node's values, dropout left out. */
  private List<Node> readersOf(Node node) {
    List<Node> all = new ArrayList<>();
    for (Node reader : readers.getOrDefault(node.name(), List.of())) {
      if (reader.kind() == NodeKind.DROPOUT) {
        all.addAll(readersOf(reader));
      } else {
        all.add(reader);
      }
    }
    return all;
  }
}
