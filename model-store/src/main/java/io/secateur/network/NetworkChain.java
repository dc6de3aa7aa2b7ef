package io.secateur.network;

import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Builds a network in which each node reads the one before it. */
final class NetworkChain {
  private final List<Node> nodes = new ArrayList<>();

  private NetworkChain(Node input) {
    nodes.add(input);
  }

  /** Begins with images, [channels, height, width], whose values are multiplied by the scale. */
  static NetworkChain of(Shape image, double scale) {
    return new NetworkChain(Node.input("input", image, scale));
  }

  private Node last() {
    return nodes.get(nodes.size() - 1);
  }

  private NetworkChain then(Node node) {
    nodes.add(node);
    return this;
  }

  NetworkChain convolution(String name, int channels, Window window, int groups) {
    Node last = last();
    return then(Node.convolution(name, last.name(), last.outputShape(), channels, window, groups));
  }

  NetworkChain maxPool(String name, Window window) {
    return then(Node.maxPool(name, last().name(), last().outputShape(), window));
  }

  NetworkChain flatten(String name) {
    return then(Node.flatten(name, last().name(), last().outputShape()));
  }

  NetworkChain dense(String name, int outputs) {
    return then(Node.dense(name, last().name(), last().outputShape().elements(), outputs));
  }

  NetworkChain relu(String name) {
    return then(Node.relu(name, last().name(), last().outputShape()));
  }

  NetworkChain dropout(String name, double rate) {
    return then(Node.dropout(name, last().name(), last().outputShape(), rate));
  }

  NetworkChain softmax(String name) {
    return then(Node.softmax(name, last().name(), last().outputShape()));
  }

  Topology topology() {
    return Topology.of(nodes);
  }
}
