package io.secateur.network;

import io.secateur.tensor.Mask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hashes by which two networks are the same: SHA-256, written {@code sha256:} and 64 lower-case
 * hexadecimal digits, over these bytes for each tensor in canonical order, all integers
 * little-endian 32-bit:
 *
 * <pre>
 * tensor := name-length  UTF-8 name  rank  dim{rank}  content
 * name   := as in fc1.weight          name-length counts bytes
 * content of parameters := float32 little-endian, row-major, the bits as they are
 * content of masks      := bitmap of ceil(elements / 8) bytes, lowest bit first, 1 = present
 * </pre>
 *
 * Parameters covers every tensor, biases and statistics included; masks covers the prunable ones.
 */
public final class NetworkHashes {
  private static final int BUFFER_BYTES = 1 << 16;

  private NetworkHashes() {}

  /** The hash of all values of a network. */
  public static String parameters(NetworkParameters parameters) {
    MessageDigest digest = sha256();
    for (ParameterTensor tensor : parameters.layout().tensors()) {
      updateHeader(digest, tensor.spec());
      updateValues(digest, parameters.arenaOf(tensor), tensor.offset(), tensor.elements());
    }
    return text(digest);
  }

  /**
   * The hash of which weights are present.
   *
   * @param mask over the global indices of the layout
   * @throws IllegalArgumentException when the mask is not as long as the layout's weights
   */
  public static String masks(ParameterLayout layout, Mask mask) {
    if (mask.length() != layout.weightCount()) {
      throw new IllegalArgumentException(
          "the layout has " + layout.weightCount() + " weights, found " + mask);
    }
    MessageDigest digest = sha256();
    for (ParameterTensor tensor : layout.weights()) {
      updateHeader(digest, tensor.spec());
      digest.update(mask.slice(tensor.offset(), tensor.elements()).toBytes());
    }
    return text(digest);
  }

  static void updateValues(MessageDigest digest, float[] values, int from, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < from + count; i++) {
      buffer.putInt(Float.floatToRawIntBits(values[i]));
      if (!buffer.hasRemaining()) {
        drain(buffer, digest);
      }
    }
    drain(buffer, digest);
  }

  static void updatePresence(MessageDigest digest, float[] values, int from, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (int first = from; first < from + count; first += Byte.SIZE) {
      int bits = 0;
      for (int i = first; i < Math.min(first + Byte.SIZE, from + count); i++) {
        bits |= (values[i] == 0.0f ? 0 : 1) << (i - first);
      }
      buffer.put((byte) bits);
      if (!buffer.hasRemaining()) {
        drain(buffer, digest);
      }
    }
    drain(buffer, digest);
  }

  static void updateHeader(MessageDigest digest, ParameterSpec spec) {
    byte[] name = spec.name().getBytes(StandardCharsets.UTF_8);
    int[] dims = spec.shape().toArray();
    ByteBuffer header =
        ByteBuffer.allocate(Integer.BYTES * (2 + dims.length) + name.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(name.length).put(name).putInt(dims.length);
    for (int dim : dims) {
      header.putInt(dim);
    }
    digest.update(header.array());
  }

  private static void drain(ByteBuffer buffer, MessageDigest digest) {
    digest.update(buffer.flip());
    buffer.clear();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String text(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
