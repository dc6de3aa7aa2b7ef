package io.secateur.prune;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A layer whose neurons (of a convolution: channels) one other layer reads, and reads alone, so
 * that they can be taken out of both.
 *
 * @param from a dense layer or a convolution
 * @param between what is computed from its values on the way: ReLU, dropout, pools, flattening
 * @param to the dense layer or convolution that reads them
 */
record NeuronLink(Node from, List<Node> between, Node to) {
  NeuronLink {
    between = List.copyOf(between);
  }

  /**
   * The links of a topology, in canonical order.
   *
   * @param obstacles receives, by layer, what keeps the neurons of the other layers where they are;
   *     nothing of the layers whose neurons are the outputs of the network
   */
  static List<NeuronLink> of(Topology topology, Map<String, String> obstacles) {
    List<NeuronLink> links = new ArrayList<>();
    for (Node node : topology.nodes()) {
      if (node.kind() == NodeKind.DENSE || node.kind() == NodeKind.CONVOLUTION) {
        follow(topology, node, links, obstacles);
      }
    }
    return links;
  }

  private static void follow(
      Topology topology, Node from, List<NeuronLink> links, Map<String, String> obstacles) {
    if (isGrouped(from)) {
      obstacles.put(from.name(), "its channels are in groups");
      return;
    }
    List<Node> between = new ArrayList<>();
    Node last = from;
    while (!last.equals(topology.output())) {
      List<Node> readers = readers(topology, last);
      Node next = readers.get(0);
      if (readers.size() > 1) {
        obstacles.put(from.name(), readers.size() + " layers read it");
        return;
      }
      switch (next.kind()) {
        case RELU, DROPOUT, MAX_POOL, FLATTEN -> between.add(next);
        case DENSE, CONVOLUTION -> {
          if (isGrouped(next)) {
            obstacles.put(from.name(), next.name() + " reads it in groups");
          } else {
            links.add(new NeuronLink(from, between, next));
          }
          return;
        }
        case SOFTMAX, ADD, BATCH_NORM, OPAQUE, INPUT -> {
          if (next.kind() != NodeKind.SOFTMAX || !next.equals(topology.output())) {
            obstacles.put(from.name(), next.name() + " of kind " + next.kind().wireName());
          }
          return;
        }
      }
      last = next;
    }
  }

  private static boolean isGrouped(Node node) {
    return node.kind() == NodeKind.CONVOLUTION && node.integer("groups") > 1;
  }

  private static List<Node> readers(Topology topology, Node node) {
    return topology.nodes().stream().filter(next -> next.inputs().contains(node.name())).toList();
  }

  /** How many neurons there are. */
  int neurons() {
    return from.outputShape().dim(0);
  }

  /**
   * What {@link #to} reads of a neuron that has the same value whatever the example.
   *
   * @param value before its activation function
   * @return empty when that can't be expressed by the reader's biases: zero padding is beside it,
   *     or there are none
   */
  OptionalDouble constant(float value) {
    double constant = value;
    for (Node node : between) {
      if (node.kind() == NodeKind.RELU) {
        constant = Math.max(0, constant);
      } else if (node.kind() == NodeKind.MAX_POOL && constant < 0 && isPadded(node)) {
        return OptionalDouble.empty();
      }
    }
    boolean expressible =
        constant == 0
            || (to.parameters().size() > 1 && (to.kind() == NodeKind.DENSE || !isPadded(to)));
    return expressible ? OptionalDouble.of(constant) : OptionalDouble.empty();
  }

  private static boolean isPadded(Node node) {
    Window window = node.window();
    return window.paddingHeight() > 0 || window.paddingWidth() > 0;
  }
}
