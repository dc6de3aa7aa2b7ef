package io.secateur.prune;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A topology whose layers have lost neurons, with the shapes that follow. */
final class NarrowedTopology {
  private final Map<String, BitSet> gone;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /**
   * @param gone the neurons that each layer has lost; none of those that are not named
   */
  NarrowedTopology(Map<String, BitSet> gone) {
    this.gone = gone;
  }

  Topology of(Topology topology) {
    topology.nodes().forEach(node -> nodes.put(node.name(), narrowed(node)));
    return Topology.of(nodes.values());
  }

  private Node narrowed(Node node) {
    if (node.kind() == NodeKind.INPUT) {
      return node;
    }
    String name = node.name();
    String input = node.inputs().get(0);
    Shape shape = nodes.get(input).outputShape();
    return switch (node.kind()) {
      case DENSE -> likeBias(node, Node.dense(name, input, shape.elements(), neurons(node)));
      case CONVOLUTION ->
          likeBias(
              node,
              Node.convolution(
                  name, input, shape, neurons(node), node.window(), node.integer("groups")));
      case MAX_POOL -> Node.maxPool(name, input, shape, node.window());
      case RELU -> Node.relu(name, input, shape);
      case DROPOUT -> Node.dropout(name, input, shape, node.decimal("rate"));
      case FLATTEN -> Node.flatten(name, input, shape);
      case INPUT, SOFTMAX, ADD, BATCH_NORM, OPAQUE -> node; // what they read has lost nothing
    };
  }

  private int neurons(Node node) {
    int lost = gone.getOrDefault(node.name(), new BitSet()).cardinality();
    return node.outputShape().dim(0) - lost;
  }

  private static Node likeBias(Node original, Node node) {
    boolean biased =
        original.parameters().stream().anyMatch(parameter -> parameter.role() == Role.BIAS);
    return biased ? node : node.withoutBias();
  }
}
