package io.secateur.bench;

import io.secateur.encoding.Encoding;
import io.secateur.tensor.Shape;

/**
 * One layer of a network, as Han et al. 2015 pruned it.
 *
 * @param name as in {@code fc6}
 * @param shape of the weights: dense {@code [out, in]}, convolution {@code [out, in/groups, kh,
 *     kw]}
 * @param percent the weights that survive, of 100
 */
record PrunedLayer(String name, Shape shape, int percent) {
  private static final Encoding PAPER_CONVOLUTION = Encoding.relativeIndex(8);
  private static final Encoding PAPER_DENSE = Encoding.relativeIndex(5);

  static PrunedLayer dense(String name, int out, int in, int percent) {
    return new PrunedLayer(name, Shape.of(out, in), percent);
  }

  static PrunedLayer convolution(String name, int out, int in, int window, int percent) {
    return new PrunedLayer(name, Shape.of(out, in, window, window), percent);
  }

  int weights() {
    return shape.elements();
  }

  int biases() {
    return shape.dim(0);
  }

  /** What the paper stores this kind of layer in. */
  Encoding paperEncoding() {
    return shape.rank() == 4 ? PAPER_CONVOLUTION : PAPER_DENSE;
  }
}
