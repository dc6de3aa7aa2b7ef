package io.secateur.train.engine;

import io.secateur.kernel.Kernels;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a network on our own kernels: the layers from one that has weights up to another, or
 * to the end. What it computes has the bits that the whole network computes there. Not thread-safe.
 */
public final class NativeSegment {
  private final NativeNetwork network;
  private final ParameterLayout layout;
  private final int outputs;

  NativeSegment(Kernels kernels, Topology stretch, int batch) {
    this.network = NetworkBuilder.fixed(kernels, stretch, batch);
    this.layout = ParameterLayout.of(stretch);
    this.outputs = stretch.output().outputShape().elements();
  }

  /**
   * The nodes from {@code first} up to before {@code end} as a network of their own, whose input is
   * what the node before them gives.
   *
   * @param first a layer with weights
   * @param end a layer with weights behind it; null for all nodes to the last
   */
  static Topology stretch(Topology whole, String first, String end) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : whole.nodes()) {
      if (node.name().equals(first)) {
        Node before = whole.node(node.inputs().get(0)).orElseThrow();
        nodes.add(Node.input(before.name(), before.outputShape(), 1));
      }
      if (node.name().equals(end)) {
        break;
      }
      if (!nodes.isEmpty()) {
        nodes.add(node);
      }
    }
    return Topology.of(nodes);
  }

  /**
   * Takes the parameters of its layers from those of the whole network.
   *
   * @param whole copied
   */
  public void load(NetworkParameters whole) {
    NetworkParameters own = NetworkParameters.zeros(layout);
    for (ParameterTensor tensor : layout.tensors()) {
      ParameterTensor source = whole.layout().tensor(tensor.name()).orElseThrow();
      System.arraycopy(
          whole.arenaOf(source),
          source.offset(),
          own.arenaOf(tensor),
          tensor.offset(),
          tensor.elements());
    }
    network.parameters().putValues(own.weights(), own.others(), network.arena());
  }

  /**
   * A minibatch as this stretch, and every other that begins with the same layer, takes it in.
   *
   * @param in [rows][values]
   */
  public float[] packed(float[] in, int rows) {
    return network.packed(in, rows);
  }

  /** Values that leave for one example. */
  public int outputs() {
    return outputs;
  }

  /**
   * What leaves a stretch that ends before another layer.
   *
   * @param in a packed minibatch
   * @param out receives [rows][outputs]
   */
  public void values(float[] in, int rows, float[] out) {
    network.values(in, rows, out);
  }

  /**
   * What leaves a stretch that ends with the network's softmax.
   *
   * @param in a packed minibatch
   * @param probabilities receives [rows][outputs]
   */
  public void predict(float[] in, int rows, float[] probabilities) {
    network.predictPacked(in, rows, probabilities);
  }
}
