package io.secateur.encoding;

import io.secateur.tensor.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * What stands before the chunks of a file.
 *
 * @param encoding of every chunk
 * @param shape of the tensor
 * @param chunkElements the elements that every chunk but the last stands for, at least 1
 */
record TensorHeader(Encoding encoding, Shape shape, int chunkElements) {
  /** As far as the rank, and the number behind it. */
  static final int FIXED_BYTES = 12;

  /** "SECT" in the order of the file. */
  private static final int MAGIC = 0x54434553;

  private static final int VERSION = 1;
  private static final int MAX_RANK = 8;
  private static final int RANK_AT = 7;

  TensorHeader {
    if (shape.rank() > MAX_RANK) {
      throw new IllegalArgumentException(
          "a tensor file has at most " + MAX_RANK + " dimensions, found " + shape);
    }
  }

  /** The length in the file. */
  int bytes() {
    return bytes(shape.rank());
  }

  private static int bytes(int rank) {
    return FIXED_BYTES + Integer.BYTES * (rank + 1);
  }

  Chunking chunking() {
    return new Chunking(shape.elements(), chunkElements);
  }

  /** Writes the header at the beginning of {@code out}. */
  void write(byte[] out) {
    LittleEndian.putInt(out, 0, MAGIC);
    out[4] = VERSION;
    out[5] = (byte) encoding.wireId();
    out[6] = (byte) (encoding.wireId() >>> Byte.SIZE);
    out[RANK_AT] = (byte) shape.rank();
    LittleEndian.putInt(out, 8, chunkElements);
    for (int i = 0; i < shape.rank(); i++) {
      LittleEndian.putInt(out, FIXED_BYTES + Integer.BYTES * i, shape.dim(i));
    }
    int checksumAt = bytes() - Integer.BYTES;
    LittleEndian.putInt(out, checksumAt, checksumOf(out, checksumAt));
  }

  /** The length of the header that begins so; the first {@link #FIXED_BYTES} suffice. */
  static int lengthOf(byte[] bytes) throws EncodingException {
    requireLength(bytes, FIXED_BYTES, "the fixed part of a header");
    if (LittleEndian.getInt(bytes, 0) != MAGIC) {
      throw new EncodingException(
          0,
          String.format("%08x", Integer.reverseBytes(LittleEndian.getInt(bytes, 0))),
          "the magic 53454354");
    }
    if (bytes[4] != VERSION) {
      throw new EncodingException(4, "format version " + (bytes[4] & 0xFF), "version " + VERSION);
    }
    int rank = bytes[RANK_AT] & 0xFF;
    if (rank > MAX_RANK) {
      throw new EncodingException(RANK_AT, rank + " dimensions", "at most " + MAX_RANK);
    }
    return bytes(rank);
  }

  /** Reads the header at the beginning of {@code bytes}. */
  static TensorHeader parse(byte[] bytes) throws EncodingException {
    int length = lengthOf(bytes);
    int rank = bytes[RANK_AT];
    requireLength(bytes, length, "a header of " + rank + " dimensions");
    int checksumAt = length - Integer.BYTES;
    StoredChunk.requireChecksum(bytes, checksumAt, 0, checksumOf(bytes, checksumAt), "the header");
    int wireId = (bytes[5] & 0xFF) | (bytes[6] & 0xFF) << Byte.SIZE;
    Encoding encoding =
        Encoding.ofWireId(wireId)
            .orElseThrow(
                () ->
                    new EncodingException(
                        5,
                        String.format("the encoding %04x", wireId),
                        "one that this version knows"));
    int chunkElements = LittleEndian.getInt(bytes, 8);
    if (chunkElements < 1) {
      throw new EncodingException(
          8,
          Integer.toUnsignedString(chunkElements) + " elements a chunk",
          "a number from 1 to 2147483647");
    }
    return new TensorHeader(encoding, shapeOf(bytes, rank), chunkElements);
  }

  /** This header, if it is of a tensor of that shape. */
  TensorHeader requireShape(Shape expected) throws EncodingException {
    if (!shape.equals(expected)) {
      throw new EncodingException(RANK_AT, "shape " + shape, "shape " + expected);
    }
    return this;
  }

  private static Shape shapeOf(byte[] bytes, int rank) throws EncodingException {
    int[] dims = new int[rank];
    Arrays.setAll(dims, i -> LittleEndian.getInt(bytes, FIXED_BYTES + Integer.BYTES * i));
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      EncodingException refusal =
          new EncodingException(
              FIXED_BYTES,
              Arrays.stream(dims)
                  .mapToObj(Integer::toUnsignedString)
                  .collect(Collectors.joining(", ", "dimensions [", "]")),
              "dimensions whose product is at most 2147483647");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static int checksumOf(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static void requireLength(byte[] bytes, int length, String what)
      throws EncodingException {
    if (bytes.length < length) {
      throw EncodingException.endInside(bytes.length, what, length);
    }
  }
}
