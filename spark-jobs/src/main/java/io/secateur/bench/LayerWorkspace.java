package io.secateur.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The layer that is being coded, as floats and as bytes, and room for what is decoded. */
final class LayerWorkspace {
  final float[] values;
  final float[] decoded;
  final byte[] bytes;
  final byte[] decodedBytes;
  private PrunedLayer layer;

  /**
   * @param largest the most weights of a layer
   */
  LayerWorkspace(int largest) {
    values = new float[largest];
    decoded = new float[largest];
    bytes = new byte[Float.BYTES * largest];
    decodedBytes = new byte[Float.BYTES * largest];
  }

  void fill(PrunedLayer next, SyntheticMask mask) {
    layer = next;
    mask.fill(layer, values);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values, 0, layer.weights());
  }

  PrunedLayer layer() {
    return layer;
  }

  int weights() {
    return layer.weights();
  }

  int byteCount() {
    return Float.BYTES * layer.weights();
  }

  /** Makes what was decoded wrong everywhere, so that it can be seen whether all is written. */
  void spoil() {
    Arrays.fill(decoded, 0, weights(), Float.NaN);
    Arrays.fill(decodedBytes, 0, byteCount(), (byte) -1);
  }

  boolean decodedFloats() {
    return Arrays.equals(values, 0, weights(), decoded, 0, weights());
  }

  boolean decodedBytes() {
    return Arrays.equals(bytes, 0, byteCount(), decodedBytes, 0, byteCount());
  }
}
