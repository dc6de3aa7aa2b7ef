package io.secateur.encoding;

import io.secateur.tensor.WeightTensor;
import java.nio.ByteBuffer;

/** The part of the grammar that differs between encodings: the payload of a chunk. */
sealed interface ChunkFormat permits DenseFormat, RelativeIndexFormat {
  static ChunkFormat of(Encoding encoding) {
    return switch (encoding.kind()) {
      case DENSE -> new DenseFormat();
      case RELATIVE_INDEX -> new RelativeIndexFormat(encoding.indexBits());
    };
  }

  /** Counts the entries of the chunk whose {@code elements} values begin at {@code from}. */
  ChunkCount count(float[] values, int from, int elements);

  /** The width of one entry's index, in bits; 0 where there are none. */
  long indexBits();

  /** The bytes of the packed indices of so many entries. */
  default long indexBytes(long entries) {
    return (entries * indexBits() + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** The bytes of a chunk's payload: values and indices. */
  default long payloadBytes(long entries) {
    return Float.BYTES * entries + indexBytes(entries);
  }

  /** Writes exactly {@link #payloadBytes} into {@code out}, which is little-endian. */
  void write(float[] values, int from, int elements, int entries, ByteBuffer out);

  /** Reads the tensor of a file whose lengths and checksums have been verified. */
  WeightTensor read(ChunkedFile file) throws EncodingException;
}
