package io.secateur.train.engine;

import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Small networks on the sample digits, a layer kind at a time. */
final class LayerChains {
  private final List<Node> nodes = new ArrayList<>();
  private Node last = Node.input("input", Shape.of(1, 28, 28), 1 / 255.0);

  private LayerChains() {
    nodes.add(last);
  }

  static LayerChains input() {
    return new LayerChains();
  }

  private LayerChains then(Node node) {
    nodes.add(node);
    last = node;
    return this;
  }

  private String named(String kind) {
    return kind + nodes.size();
  }

  LayerChains convolution(int channels, Window window) {
    return then(
        Node.convolution(named("conv"), last.name(), last.outputShape(), channels, window, 1));
  }

  LayerChains convolutionWithoutBias(int channels, Window window) {
    return then(
        Node.convolution(named("conv"), last.name(), last.outputShape(), channels, window, 1)
            .withoutBias());
  }

  LayerChains pool(Window window) {
    return then(Node.maxPool(named("pool"), last.name(), last.outputShape(), window));
  }

  LayerChains relu() {
    return then(Node.relu(named("relu"), last.name(), last.outputShape()));
  }

  LayerChains dropout(double rate) {
    return then(Node.dropout(named("dropout"), last.name(), last.outputShape(), rate));
  }

  LayerChains flatten() {
    return then(Node.flatten(named("flatten"), last.name(), last.outputShape()));
  }

  LayerChains dense(int outputs) {
    return then(Node.dense(named("dense"), last.name(), last.outputShape().dim(0), outputs));
  }

  LayerChains denseWithoutBias(int outputs) {
    return then(
        Node.dense(named("dense"), last.name(), last.outputShape().dim(0), outputs).withoutBias());
  }

  /** Ends in a dense layer of ten and a softmax. */
  Topology classified() {
    dense(10);
    then(Node.softmax("softmax", last.name(), last.outputShape()));
    return Topology.of(nodes);
  }
}
