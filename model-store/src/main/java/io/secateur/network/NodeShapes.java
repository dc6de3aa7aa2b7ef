package io.secateur.network;

import io.secateur.tensor.Shape;
import java.util.List;

/**
 * What fits what: each kind's output shape and parameters as a function of its attributes and its
 * inputs' shapes. A node that was read from a file is compared with the node that its factory would
 * have made.
 */
final class NodeShapes {
  private NodeShapes() {}

  /**
   * @throws IllegalArgumentException when the node can't read those inputs, or has another output
   *     shape, other attributes or other parameters than follow from them
   */
  static void check(Node node, List<Shape> inputs) {
    requireInputCount(node, inputs.size());
    Node expected = expected(node, inputs);
    if (!expected.attributes().equals(node.attributes())) {
      // One that is not understood may change what the node computes: better refused than ignored.
      throw new IllegalArgumentException(
          String.format(
              "node %s of kind %s has the attributes %s, found %s",
              node.name(),
              node.kind().wireName(),
              expected.attributes().keySet(),
              node.attributes().keySet()));
    }
    if (!expected.outputShape().equals(node.outputShape())) {
      throw new IllegalArgumentException(
          String.format(
              "node %s of kind %s turns %s into %s, found %s",
              node.name(),
              node.kind().wireName(),
              inputs,
              expected.outputShape(),
              node.outputShape()));
    }
    if (!expected.parameters().equals(node.parameters())
        && !expected.withoutBias().parameters().equals(node.parameters())) {
      throw new IllegalArgumentException(
          String.format(
              "node %s of kind %s has the parameters %s, found %s",
              node.name(), node.kind().wireName(), expected.parameters(), node.parameters()));
    }
  }

  private static Node expected(Node node, List<Shape> inputs) {
    String name = node.name();
    return switch (node.kind()) {
      case INPUT -> Node.input(name, node.outputShape(), node.decimal("scale"));
      case OPAQUE -> {
        node.text("type");
        yield node;
      }
      case DENSE -> {
        requireRank(node, inputs.get(0), 1);
        requireRank(node, node.outputShape(), 1);
        int outputs = node.outputShape().dim(0);
        yield Node.dense(name, node.inputs().get(0), inputs.get(0).dim(0), outputs);
      }
      case CONVOLUTION -> {
        requireRank(node, node.outputShape(), 3);
        int outChannels = node.outputShape().dim(0);
        yield Node.convolution(
            name,
            node.inputs().get(0),
            inputs.get(0),
            outChannels,
            node.window(),
            node.integer("groups"));
      }
      case MAX_POOL -> Node.maxPool(name, node.inputs().get(0), inputs.get(0), node.window());
      case RELU -> Node.relu(name, node.inputs().get(0), inputs.get(0));
      case SOFTMAX -> Node.softmax(name, node.inputs().get(0), inputs.get(0));
      case DROPOUT -> {
        double rate = node.decimal("rate");
        if (!(rate >= 0 && rate < 1)) {
          throw new IllegalArgumentException(
              "node " + name + " of kind dropout has a rate in [0, 1), found " + rate);
        }
        yield Node.dropout(name, node.inputs().get(0), inputs.get(0), rate);
      }
      case FLATTEN -> Node.flatten(name, node.inputs().get(0), inputs.get(0));
      case ADD -> {
        if (inputs.stream().distinct().count() != 1) {
          throw new IllegalArgumentException(
              "node " + name + " of kind add has inputs of one shape, found " + inputs);
        }
        yield Node.add(name, node.inputs(), inputs.get(0));
      }
      case BATCH_NORM -> {
        if (inputs.get(0).rank() == 0) {
          throw new IllegalArgumentException("node " + name + " has no channels: its input is []");
        }
        double epsilon = node.decimal("epsilon");
        yield Node.batchNorm(name, node.inputs().get(0), inputs.get(0), epsilon);
      }
    };
  }

  private static void requireInputCount(Node node, int found) {
    boolean fits =
        switch (node.kind()) {
          case INPUT -> found == 0;
          case ADD -> found >= 2;
          case OPAQUE -> found >= 1;
          case DENSE, CONVOLUTION, MAX_POOL, RELU, SOFTMAX, DROPOUT, FLATTEN, BATCH_NORM ->
              found == 1;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "node "
              + node.name()
              + " of kind "
              + node.kind().wireName()
              + " can't have "
              + found
              + " inputs");
    }
  }

  private static void requireRank(Node node, Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          "node "
              + node.name()
              + " of kind "
              + node.kind().wireName()
              + " needs shapes of "
              + rank
              + " dimensions, found "
              + shape);
    }
  }

  static void requireImage(String name, Shape shape) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "node " + name + " reads [channels, height, width], found " + shape);
    }
  }

  static void requireGroups(String name, int inChannels, int outChannels, int groups) {
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              "the groups of convolution %s divide its %d input and %d output channels, found %d",
              name, inChannels, outChannels, groups));
    }
  }

  static Shape windowed(int channels, Shape image, Window window) {
    return Shape.of(channels, window.outputHeight(image.dim(1)), window.outputWidth(image.dim(2)));
  }
}
