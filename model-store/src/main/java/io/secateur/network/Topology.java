package io.secateur.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network as an acyclic graph of named nodes with one input and one output, in canonical order:
 * topological, and of the nodes whose inputs are all placed, the one whose name comes first (by
 * character code) is next. The input is therefore the first. Immutable and validated: every shape
 * fits.
 */
public final class Topology implements Serializable {
  private final List<Node> nodes;

  private Topology(List<Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * The topology of these nodes, given in any order.
   *
   * @throws IllegalArgumentException when two nodes have one name, a node reads an unknown one,
   *     there is a cycle, there is not exactly one input and one output, or a shape does not fit
   *     its inputs
   */
  public static Topology of(Collection<Node> nodes) {
    Map<String, Node> byName = new HashMap<>();
    for (Node node : nodes) {
      if (byName.put(node.name(), node) != null) {
        throw new IllegalArgumentException("two nodes are named " + node.name());
      }
    }
    requireKnownInputs(byName);
    requireOneInputAndOutput(byName);
    List<Node> ordered = canonicalOrder(byName);
    for (Node node : ordered) {
      NodeShapes.check(
          node, node.inputs().stream().map(input -> byName.get(input).outputShape()).toList());
    }
    return new Topology(ordered);
  }

  public static Topology of(Node... nodes) {
    return of(List.of(nodes));
  }

  private static void requireKnownInputs(Map<String, Node> byName) {
    for (Node node : byName.values()) {
      for (String input : node.inputs()) {
        if (!byName.containsKey(input)) {
          throw new IllegalArgumentException(
              "node " + node.name() + " reads the unknown node " + input);
        }
      }
    }
  }

  private static void requireOneInputAndOutput(Map<String, Node> byName) {
    Set<String> inputs = new TreeSet<>();
    Set<String> outputs = new TreeSet<>(byName.keySet());
    for (Node node : byName.values()) {
      if (node.kind() == NodeKind.INPUT) {
        inputs.add(node.name());
      }
      node.inputs().forEach(outputs::remove);
    }
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("a topology has one node of kind input, found " + inputs);
    }
    if (outputs.size() > 1) {
      throw new IllegalArgumentException(
          "a topology has one node that no other reads, found " + outputs);
    }
  }

  private static List<Node> canonicalOrder(Map<String, Node> byName) {
    Map<String, List<Node>> readers = new HashMap<>();
    Map<String, Integer> missing = new HashMap<>();
    PriorityQueue<Node> ready = new PriorityQueue<>(Comparator.comparing(Node::name));
    for (Node node : byName.values()) {
      Set<String> distinctInputs = new HashSet<>(node.inputs());
      distinctInputs.forEach(
          input -> readers.computeIfAbsent(input, key -> new ArrayList<>()).add(node));
      missing.put(node.name(), distinctInputs.size());
      if (distinctInputs.isEmpty()) {
        ready.add(node);
      }
    }
    List<Node> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      Node node = ready.remove();
      ordered.add(node);
      for (Node reader : readers.getOrDefault(node.name(), List.of())) {
        if (missing.merge(reader.name(), -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    if (ordered.size() < byName.size()) {
      Set<String> stuck = new TreeSet<>(byName.keySet());
      ordered.forEach(node -> stuck.remove(node.name()));
      throw new IllegalArgumentException("these nodes are on or behind a cycle: " + stuck);
    }
    return List.copyOf(ordered);
  }

  /** All nodes in canonical order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The node of kind input: the shape of an example, and the scale of its raw values. */
  public Node input() {
    return nodes.get(0);
  }

  /** The shape of one example, as in [1, 28, 28]. */
  public Shape inputShape() {
    return input().outputShape();
  }

  /** What raw input values are multiplied by, as in 1/255. */
  public double inputScale() {
    return input().decimal("scale");
  }

  /** The node that no other reads; everything comes before it, so it is the last. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  public Optional<Node> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /**
   * Floating-point operations of a dense node of this topology or a convolution for one example:
   * twice its multiply-accumulates, biases left out (Han et al. 2015, table 4). 0 for the other
   * kinds.
   */
  public long flop(Node node) {
    return switch (node.kind()) {
      case DENSE -> 2 * weightElements(node);
      case CONVOLUTION ->
          2 * weightElements(node) * node.outputShape().dim(1) * node.outputShape().dim(2);
      case INPUT, MAX_POOL, RELU, SOFTMAX, DROPOUT, FLATTEN, ADD, BATCH_NORM, OPAQUE -> 0;
    };
  }

  private static long weightElements(Node node) {
    return node.parameters().get(0).shape().elements();
  }

  /** The document that {@link #fromJson} reads; equal topologies give equal documents. */
  public ObjectNode toJson() {
    return TopologyJson.write(this);
  }

  /**
   * Reads a topology, strictly: a missing or unknown key is an error. A node of a kind that is not
   * known here becomes opaque, with that kind as its {@code type}.
   *
   * @throws IllegalArgumentException naming the node and key, or as {@link #of} does
   */
  public static Topology fromJson(JsonNode json) {
    return TopologyJson.read(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
