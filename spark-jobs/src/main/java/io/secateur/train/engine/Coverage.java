package io.secateur.train.engine;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import java.util.List;
import java.util.Optional;

/** Which networks this engine can run. */
public final class Coverage {
  private Coverage() {}

  /**
   * The first thing in a topology that this engine does not do, naming the layer and its kind;
   * empty when it can run it: a chain from the input to a softmax at the end.
   */
  public static Optional<String> missing(Topology topology) {
    List<Node> nodes = topology.nodes();
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Optional<String> lack = missing(node, nodes.get(i - 1), i + 1 == nodes.size());
      if (lack.isPresent()) {
        return lack;
      }
    }
    return topology.output().kind() == NodeKind.SOFTMAX
        ? Optional.empty()
        : Optional.of(named(topology.output()) + " at the end, where a softmax should be");
  }

  private static Optional<String> missing(Node node, Node previous, boolean last) {
    boolean covered =
        switch (node.kind()) {
          case DENSE, MAX_POOL, RELU, DROPOUT, FLATTEN -> true;
          case CONVOLUTION -> node.integer("groups") == 1;
          case SOFTMAX -> last && node.outputShape().rank() == 1;
          case INPUT, ADD, BATCH_NORM, OPAQUE -> false;
        };
    if (!covered) {
      return Optional.of(named(node));
    }
    return node.inputs().equals(List.of(previous.name()))
        ? Optional.empty()
        : Optional.of(named(node) + ", which does not read the layer before it");
  }

  private static String named(Node node) {
    String kind =
        switch (node.kind()) {
          case OPAQUE -> node.text("type");
          case CONVOLUTION -> "convolution in " + node.integer("groups") + " groups";
          default -> node.kind().wireName();
        };
    return "layer " + node.name() + " of kind " + kind;
  }
}
