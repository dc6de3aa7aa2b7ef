package io.secateur.kernel;

/** One step of a network, from activations to activations, over all columns of a minibatch. */
public interface Layer {
  /** Computes the output from the input. */
  void forward(float[] arena);
}
