package io.secateur.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The places of a topology's parameters in two flat arenas: the prunable weights, whose positions
 * are the global indices, and the others (biases, statistics). Tensors follow each other without
 * gaps in canonical order.
 */
public final class ParameterLayout {
  private final List<ParameterTensor> tensors;
  private final List<ParameterTensor> weights;
  private final List<ParameterTensor> others;

  private ParameterLayout(List<ParameterTensor> tensors) {
    this.tensors = List.copyOf(tensors);
    this.weights = tensors.stream().filter(ParameterTensor::isPrunable).toList();
    this.others = tensors.stream().filter(tensor -> !tensor.isPrunable()).toList();
  }

  /**
   * The layout of a topology's parameters.
   *
   * @throws IllegalArgumentException when an arena would have more than 2<sup>31</sup> - 1 elements
   */
  public static ParameterLayout of(Topology topology) {
    List<ParameterTensor> tensors = new ArrayList<>();
    int weightCount = 0;
    int otherCount = 0;
    for (Node node : topology.nodes()) {
      for (ParameterSpec spec : node.parameters()) {
        boolean prunable = spec.role() == Role.WEIGHT;
        int offset = prunable ? weightCount : otherCount;
        ParameterTensor tensor = new ParameterTensor(node.name(), node.kind(), spec, offset);
        tensors.add(tensor);
        if ((long) offset + tensor.elements() > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "a network has at most 2147483647 weights, and as many other parameters; "
                  + spec.name()
                  + " goes beyond");
        }
        if (prunable) {
          weightCount = tensor.end();
        } else {
          otherCount = tensor.end();
        }
      }
    }
    return new ParameterLayout(tensors);
  }

  /** All tensors in canonical order. */
  public List<ParameterTensor> tensors() {
    return tensors;
  }

  /** The prunable tensors in canonical order. */
  public List<ParameterTensor> weights() {
    return weights;
  }

  /** The tensors that are never pruned, in canonical order. */
  public List<ParameterTensor> others() {
    return others;
  }

  /** The length of the arena of weights. */
  public int weightCount() {
    return lengthOf(weights);
  }

  /** The length of the arena of the others. */
  public int otherCount() {
    return lengthOf(others);
  }

  /** All parameters, in both arenas. */
  public long parameterCount() {
    return (long) weightCount() + otherCount();
  }

  /** The tensor of that name, as in {@code fc1.weight}. */
  public Optional<ParameterTensor> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  private static int lengthOf(List<ParameterTensor> arena) {
    return arena.isEmpty() ? 0 : arena.get(arena.size() - 1).end();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterLayout that && tensors.equals(that.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return tensors.toString();
  }
}
