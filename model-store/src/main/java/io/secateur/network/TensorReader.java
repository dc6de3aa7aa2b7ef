package io.secateur.network;

import io.secateur.tensor.WeightTensor;

/** Where a network's tensors are read from, one at a time, in whatever form they are held. */
@FunctionalInterface
public interface TensorReader {
  /** The tensor of that name and shape. */
  WeightTensor read(ParameterSpec spec);
}
