package io.secateur.train.engine;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.tensor.Shape;
import java.io.Serializable;

/**
 * What a layer has to compute, as far as its cost goes.
 *
 * @param kind dense or convolution
 * @param outputs rows of the weights
 * @param inputs columns of the weights: of a convolution, its channels x taps
 * @param pixels of its map before any pool; 1 for a dense layer
 */
public record LayerWork(NodeKind kind, int outputs, int inputs, int pixels)
    implements Serializable {
  /** The work of a node with weights. */
  static LayerWork of(Node node) {
    Shape weights = node.parameters().get(0).shape();
    int outputs = weights.dim(0);
    int pixels = node.outputShape().elements() / outputs;
    return new LayerWork(node.kind(), outputs, weights.elements() / outputs, pixels);
  }

  /** Multiplications for one example, forward. */
  double multiplications() {
    return (double) outputs * inputs * pixels;
  }

  /** How unlike another this is: 0 for the same. */
  double distance(LayerWork other) {
    return apart(outputs, other.outputs)
        + apart(inputs, other.inputs)
        + apart(pixels, other.pixels);
  }

  private static double apart(int one, int other) {
    return Math.abs(Math.log((double) one / other));
  }
}
