package io.secateur.network;

import static java.util.Objects.requireNonNull;

import io.secateur.tensor.Shape;
import java.io.Serializable;

/**
 * A parameter tensor of a node.
 *
 * @param name {@code <node>.<what>}, as in {@code fc1.weight}; unique in a topology
 * @param shape canonical: dense weights [out, in], convolutions [out, in/groups, kh, kw]
 * @param role what it is to training and pruning
 */
public record ParameterSpec(String name, Shape shape, Role role) implements Serializable {
  public ParameterSpec {
    requireNonNull(name, "name");
    requireNonNull(shape, "shape");
    requireNonNull(role, "role");
  }
}
