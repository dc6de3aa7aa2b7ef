package io.secateur.encoding;

import io.secateur.tensor.Shape;

/** Files with chunks so small that a test can have several. */
final class Encoded {
  private Encoded() {}

  static EncodedTensor of(
      Shape shape, float[] values, int from, Encoding encoding, int chunkElements) {
    return TensorEncoder.scan(shape, values, from, Cores.ONE, chunkElements).encode(encoding);
  }
}
