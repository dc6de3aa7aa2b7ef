package io.secateur.network;

import static java.util.Objects.requireNonNull;

import io.secateur.tensor.Shape;

/**
 * Where a parameter tensor lies in its arena.
 *
 * @param layer the name of the node that owns it
 * @param kind the kind of that node
 * @param spec its name, shape and role
 * @param offset its first element in the arena of weights, where it is also its first global index,
 *     or in the arena of the others
 */
public record ParameterTensor(String layer, NodeKind kind, ParameterSpec spec, int offset) {
  public ParameterTensor {
    requireNonNull(layer, "layer");
    requireNonNull(kind, "kind");
    requireNonNull(spec, "spec");
  }

  /** As in {@code fc1.weight}. */
  public String name() {
    return spec.name();
  }

  public Shape shape() {
    return spec.shape();
  }

  public int elements() {
    return spec.shape().elements();
  }

  /** The offset of the first element behind this tensor. */
  public int end() {
    return offset + elements();
  }

  /** Whether this is a weight: it lies in the arena of weights and pruning may cut it. */
  public boolean isPrunable() {
    return spec.role() == Role.WEIGHT;
  }
}
