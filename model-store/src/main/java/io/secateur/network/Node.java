package io.secateur.network;

import static java.util.Objects.requireNonNull;

import io.secateur.tensor.Shape;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One node of a {@link Topology}: immutable, checked by itself here (names, attribute types) and
 * against its inputs by the topology (shapes). The factories derive output shape and parameters
 * from the least that says it all; shapes are those of one example.
 */
public final class Node implements Serializable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_-]+");

  private final String name;
  private final NodeKind kind;
  private final TreeMap<String, Object> attributes;
  private final List<String> inputs;
  private final Shape outputShape;
  private final List<ParameterSpec> parameters;

  /**
   * Any node; the factories are shorter. Parameters are put into the order of their roles.
   *
   * @param attributes values are {@code Long}, finite {@code Double} or {@code String}
   * @throws IllegalArgumentException when the name is not {@code [A-Za-z0-9][A-Za-z0-9._-]*}, an
   *     attribute has another type, or a parameter's name is not {@code <node>.[A-Za-z0-9_-]+}
   */
  public Node(
      String name,
      NodeKind kind,
      Map<String, ?> attributes,
      List<String> inputs,
      Shape outputShape,
      List<ParameterSpec> parameters) {
    this.name = requireNonNull(name, "name");
    this.kind = requireNonNull(kind, "kind");
    this.attributes = new TreeMap<>(attributes);
    this.inputs = List.copyOf(inputs);
    this.outputShape = requireNonNull(outputShape, "outputShape");
    this.parameters =
        parameters.stream().sorted(Comparator.comparing(ParameterSpec::role)).toList();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a node's name matches " + NAME + ", found \"" + name + "\"");
    }
    this.attributes.forEach(this::checkAttribute);
    this.parameters.forEach(this::checkParameter);
  }

  private void checkAttribute(String key, Object value) {
    boolean allowed =
        value instanceof Long
            || value instanceof String
            || (value instanceof Double number && Double.isFinite(number));
    if (!allowed) {
      throw new IllegalArgumentException(
          "attribute "
              + key
              + " of node "
              + name
              + " is a Long, a finite Double or a String, found "
              + value);
    }
  }

  private void checkParameter(ParameterSpec parameter) {
    String prefix = name + ".";
    if (!parameter.name().startsWith(prefix)
        || !PARAMETER.matcher(parameter.name().substring(prefix.length())).matches()) {
      throw new IllegalArgumentException(
          "a parameter of node "
              + name
              + " is named "
              + prefix
              + PARAMETER
              + ", found \""
              + parameter.name()
              + "\"");
    }
  }

  /** The examples, of {@code shape}; each raw value is multiplied by {@code scale}. */
  public static Node input(String name, Shape shape, double scale) {
    return new Node(name, NodeKind.INPUT, Map.of("scale", scale), List.of(), shape, List.of());
  }

  /** From {@code inputs} values to {@code outputs}: weight [outputs, inputs], bias [outputs]. */
  public static Node dense(String name, String input, int inputs, int outputs) {
    return new Node(
        name,
        NodeKind.DENSE,
        Map.of(),
        List.of(input),
        Shape.of(outputs),
        List.of(
            new ParameterSpec(name + ".weight", Shape.of(outputs, inputs), Role.WEIGHT),
            new ParameterSpec(name + ".bias", Shape.of(outputs), Role.BIAS)));
  }

  /** A convolution with a square window; see the general form. */
  public static Node convolution(
      String name,
      String input,
      Shape inputShape,
      int outChannels,
      int kernel,
      int stride,
      int padding,
      int groups) {
    Window window = Window.square(kernel, stride, padding);
    return convolution(name, input, inputShape, outChannels, window, groups);
  }

  /**
   * From [in, h, w] to [outChannels, h', w']: weight [outChannels, in / groups, kh, kw], bias
   * [outChannels].
   *
   * @throws IllegalArgumentException when the input is not [in, h, w], the groups don't divide both
   *     channel counts, or the window does not fit
   */
  public static Node convolution(
      String name, String input, Shape inputShape, int outChannels, Window window, int groups) {
    NodeShapes.requireImage(name, inputShape);
    NodeShapes.requireGroups(name, inputShape.dim(0), outChannels, groups);
    Map<String, Object> attributes = windowAttributes(window);
    attributes.put("groups", (long) groups);
    Shape weight =
        Shape.of(
            outChannels, inputShape.dim(0) / groups, window.kernelHeight(), window.kernelWidth());
    return new Node(
        name,
        NodeKind.CONVOLUTION,
        attributes,
        List.of(input),
        NodeShapes.windowed(outChannels, inputShape, window),
        List.of(
            new ParameterSpec(name + ".weight", weight, Role.WEIGHT),
            new ParameterSpec(name + ".bias", Shape.of(outChannels), Role.BIAS)));
  }

  /**
   * From [channels, h, w] to [channels, h', w'].
   *
   * @throws IllegalArgumentException when the input is not such, or the window does not fit
   */
  public static Node maxPool(String name, String input, Shape inputShape, Window window) {
    NodeShapes.requireImage(name, inputShape);
    return new Node(
        name,
        NodeKind.MAX_POOL,
        windowAttributes(window),
        List.of(input),
        NodeShapes.windowed(inputShape.dim(0), inputShape, window),
        List.of());
  }

  public static Node relu(String name, String input, Shape shape) {
    return new Node(name, NodeKind.RELU, Map.of(), List.of(input), shape, List.of());
  }

  public static Node softmax(String name, String input, Shape shape) {
    return new Node(name, NodeKind.SOFTMAX, Map.of(), List.of(input), shape, List.of());
  }

  /** Zeroes each value with probability {@code rate}, in [0, 1), while training. */
  public static Node dropout(String name, String input, Shape shape, double rate) {
    Map<String, Object> attributes = Map.of("rate", rate);
    return new Node(name, NodeKind.DROPOUT, attributes, List.of(input), shape, List.of());
  }

  public static Node flatten(String name, String input, Shape inputShape) {
    Shape row = Shape.of(inputShape.elements());
    return new Node(name, NodeKind.FLATTEN, Map.of(), List.of(input), row, List.of());
  }

  /** The sum of two or more inputs, all of {@code shape}. */
  public static Node add(String name, List<String> inputs, Shape shape) {
    return new Node(name, NodeKind.ADD, Map.of(), inputs, shape, List.of());
  }

  /** By channel, the first dimension: scale, shift, mean and variance of [channels] each. */
  public static Node batchNorm(String name, String input, Shape shape, double epsilon) {
    Shape channels = Shape.of(shape.dim(0));
    return new Node(
        name,
        NodeKind.BATCH_NORM,
        Map.of("epsilon", epsilon),
        List.of(input),
        shape,
        List.of(
            new ParameterSpec(name + ".scale", channels, Role.BIAS),
            new ParameterSpec(name + ".shift", channels, Role.BIAS),
            new ParameterSpec(name + ".mean", channels, Role.STATISTIC),
            new ParameterSpec(name + ".variance", channels, Role.STATISTIC)));
  }

  /**
   * A layer that is not known here.
   *
   * @param type what its framework calls it
   */
  public static Node opaque(
      String name,
      String type,
      List<String> inputs,
      Shape outputShape,
      List<ParameterSpec> parameters) {
    return new Node(name, NodeKind.OPAQUE, Map.of("type", type), inputs, outputShape, parameters);
  }

  private static Map<String, Object> windowAttributes(Window window) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("kernel-height", (long) window.kernelHeight());
    attributes.put("kernel-width", (long) window.kernelWidth());
    attributes.put("stride-height", (long) window.strideHeight());
    attributes.put("stride-width", (long) window.strideWidth());
    attributes.put("padding-height", (long) window.paddingHeight());
    attributes.put("padding-width", (long) window.paddingWidth());
    return attributes;
  }

  /** The same node without its parameters of role {@link Role#BIAS}. */
  public Node withoutBias() {
    List<ParameterSpec> kept =
        parameters.stream().filter(parameter -> parameter.role() != Role.BIAS).toList();
    return new Node(name, kind, attributes, inputs, outputShape, kept);
  }

  public String name() {
    return name;
  }

  public NodeKind kind() {
    return kind;
  }

  /**
   * An unmodifiable view, sorted by key; values are {@code Long}, {@code Double}, {@code String}.
   */
  public SortedMap<String, Object> attributes() {
    return Collections.unmodifiableSortedMap(attributes);
  }

  /** The names of the nodes that this one reads, in the order that it reads them. */
  public List<String> inputs() {
    return inputs;
  }

  /** The shape of what leaves this node for one example. */
  public Shape outputShape() {
    return outputShape;
  }

  /** In canonical order: weights, biases, statistics. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /**
   * An attribute that is an integer of 32 bits.
   *
   * @throws IllegalArgumentException when there is none of that name and type
   */
  public int integer(String attribute) {
    long value = attribute(attribute, Long.class);
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "attribute " + attribute + " of node " + name + " does not fit 32 bits: " + value);
    }
    return (int) value;
  }

  /**
   * An attribute that is a decimal.
   *
   * @throws IllegalArgumentException when there is none of that name and type
   */
  public double decimal(String attribute) {
    return attribute(attribute, Double.class);
  }

  /**
   * An attribute that is a text.
   *
   * @throws IllegalArgumentException when there is none of that name and type
   */
  public String text(String attribute) {
    return attribute(attribute, String.class);
  }

  /**
   * The window of a convolution or a pool.
   *
   * @throws IllegalArgumentException when its attributes are missing or out of bounds
   */
  public Window window() {
    return new Window(
        integer("kernel-height"),
        integer("kernel-width"),
        integer("stride-height"),
        integer("stride-width"),
        integer("padding-height"),
        integer("padding-width"));
  }

  private <T> T attribute(String attribute, Class<T> type) {
    Object value = attributes.get(attribute);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          String.format(
              "node %s of kind %s needs the attribute %s of type %s, found %s",
              name, kind.wireName(), attribute, type.getSimpleName(), value));
    }
    return type.cast(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Node that
        && name.equals(that.name)
        && kind == that.kind
        && attributes.equals(that.attributes)
        && inputs.equals(that.inputs)
        && outputShape.equals(that.outputShape)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** As in {@code fc1 dense [300]}. */
  @Override
  public String toString() {
    return name + " " + kind.wireName() + " " + outputShape;
  }
}
