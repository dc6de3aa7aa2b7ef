package io.secateur.store;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Encoding;
import io.secateur.encoding.EncodingException;
import io.secateur.encoding.TensorCodec;
import io.secateur.network.Role;
import io.secateur.tensor.Shape;
import io.secateur.tensor.WeightTensor;

/**
 * One tensor of a version as the manifest states it.
 *
 * @param name {@code <layer>.weight}, {@code <layer>.bias} …
 * @param layer the node it belongs to
 * @param role weights are prunable, everything else is not
 * @param shape its canonical shape
 * @param encoding how its file is encoded
 * @param file the payload file
 * @param bytes the file's bytes by purpose
 * @param weightsBeforePruning the prunable weights of this layer before any pruning; 0 when the
 *     role isn't weight
 * @param nonZeros the values whose bits are not all zero
 */
public record StoredTensor(
    String name,
    String layer,
    Role role,
    Shape shape,
    Encoding encoding,
    StoredFile file,
    ByteAccount bytes,
    long weightsBeforePruning,
    long nonZeros) {
  /** Checks that the figures fit each other. */
  public StoredTensor {
    if (nonZeros < 0 || nonZeros > shape.elements()) {
      throw new IllegalArgumentException(
          name + " has " + nonZeros + " non-zeros in " + shape.elements() + " elements");
    }
    if (bytes.stored() != file.length()) {
      throw new IllegalArgumentException(
          name + " accounts for " + bytes.stored() + " bytes of " + file.length());
    }
    if (role == Role.WEIGHT ? weightsBeforePruning < shape.elements() : weightsBeforePruning != 0) {
      throw new IllegalArgumentException(
          name + " states " + weightsBeforePruning + " weights before pruning");
    }
  }

  /** The file's length in bytes. */
  public long length() {
    return file.length();
  }

  /** {@code sha256:…} of the file. */
  public String sha256() {
    return file.sha256();
  }

  /** Whether its values can be pruned. */
  public boolean prunable() {
    return role == Role.WEIGHT;
  }

  /**
   * Decodes the content of this tensor's file.
   *
   * @param where the file's name for messages
   * @throws IntegrityException when it is not a tensor of this shape and number of non-zeros
   */
  public WeightTensor decode(byte[] content, String where) {
    WeightTensor decoded;
    try {
      decoded = TensorCodec.decode(content, shape);
    } catch (EncodingException e) {
      throw new IntegrityException(
          where, "at byte " + e.offset() + " " + e.found(), e.expected(), e);
    }
    if (decoded.nonZeros() != nonZeros) {
      throw new IntegrityException(
          where, decoded.nonZeros() + " non-zero values", nonZeros + " as the manifest states");
    }
    return decoded;
  }
}
