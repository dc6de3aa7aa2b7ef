package io.secateur.encoding;

import io.secateur.tensor.Shape;
import io.secateur.tensor.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Tensors to bytes and back, bit by bit. In short, all integers little-endian:
 *
 * <pre>
 * file    := header chunk*
 * header  := "SECT"  version u8 = 1  encoding u16  rank u8  chunk-elements u32  dim u32{rank}  crc u32
 * chunk   := entries u32  payload  crc u32
 * payload := value f32{entries}                                    dense
 *          | value f32{entries}  skip{entries}, zero bits to the byte   relative index
 * </pre>
 *
 * FORMAT.md beside the module's pom has the whole grammar, with an example. A chunk has a CRC32C of
 * its own and decodes without the others.
 */
public final class TensorCodec {
  /** 256 KB of dense values: fits a core's cache, and its 8 bytes of overhead don't show. */
  static final int CHUNK_ELEMENTS = 1 << 16;

  /** The longest array that every JVM allocates. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  private TensorCodec() {}

  /**
   * Encodes the tensor whose values begin at {@code from} in an arena.
   *
   * @param shape of at most 8 dimensions; so many of its elements are read
   * @throws IndexOutOfBoundsException when the arena ends before the tensor does
   * @throws IllegalArgumentException when the file would be longer than 2<sup>31</sup> - 9 bytes,
   *     or the shape has more than 8 dimensions
   */
  public static EncodedTensor encode(Shape shape, float[] values, int from, Encoding encoding) {
    return encode(shape, values, from, encoding, CHUNK_ELEMENTS);
  }

  static EncodedTensor encode(
      Shape shape, float[] values, int from, Encoding encoding, int chunkElements) {
    requireEncodable(shape, values, from);
    ChunkFormat format = ChunkFormat.of(encoding);
    List<ChunkCount> counts = counts(format, shape, values, from, chunkElements);
    ByteAccount account = account(format, shape, counts);
    if (account.stored() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a tensor of shape "
              + shape
              + " takes "
              + account.stored()
              + " bytes as "
              + encoding
              + "; a file has at most "
              + MAX_BYTES);
    }
    byte[] file = new byte[(int) account.stored()];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    putHeader(shape, encoding, chunkElements, out);
    putChecksum(ChunkedFile.checksumOf(file, 0, out.position()), out);
    int first = 0;
    for (int number = 0; number < counts.size(); number++) {
      int elements = Math.min(chunkElements, shape.elements() - first);
      int entries = counts.get(number).entries();
      int offset = out.position();
      out.putInt(entries);
      format.write(values, from + first, elements, entries, out);
      int length = out.position() - offset;
      putChecksum(ChunkedFile.checksumOf(number, file, offset, length), out);
      first += elements;
    }
    return new EncodedTensor(shape, encoding, file, account);
  }

  /**
   * The length of what {@link #encode} would return, without encoding.
   *
   * @throws IndexOutOfBoundsException when the arena ends before the tensor does
   * @throws IllegalArgumentException when the shape has more than 8 dimensions
   */
  public static long encodedBytes(Shape shape, float[] values, int from, Encoding encoding) {
    requireEncodable(shape, values, from);
    ChunkFormat format = ChunkFormat.of(encoding);
    return account(format, shape, counts(format, shape, values, from, CHUNK_ELEMENTS)).stored();
  }

  /**
   * Decodes a whole file: a {@code DenseTensor} from a dense one, a {@code SparseTensor} from one
   * of relative indices. It allocates no more than a small multiple of the file's length.
   *
   * @param expected the shape that the tensor must have
   * @throws EncodingException when the file is not exactly what {@link #encode} writes for a tensor
   *     of that shape
   */
  public static WeightTensor decode(byte[] file, Shape expected) throws EncodingException {
    ChunkedFile chunked = ChunkedFile.parse(file);
    if (!chunked.shape().equals(expected)) {
      throw new EncodingException(7, "shape " + chunked.shape(), "shape " + expected);
    }
    return ChunkFormat.of(chunked.encoding()).read(chunked);
  }

  private static List<ChunkCount> counts(
      ChunkFormat format, Shape shape, float[] values, int from, int chunkElements) {
    List<ChunkCount> counts = new ArrayList<>();
    int elements;
    for (int first = 0; first < shape.elements(); first += elements) {
      elements = Math.min(chunkElements, shape.elements() - first);
      counts.add(format.count(values, from + first, elements));
    }
    return counts;
  }

  private static ByteAccount account(ChunkFormat format, Shape shape, List<ChunkCount> counts) {
    ByteAccount total = new ByteAccount(0, 0, 0, 0, ChunkedFile.headerBytes(shape));
    for (ChunkCount count : counts) {
      long survivors = (long) count.entries() - count.fillers();
      long indexBytes = format.indexBytes(count.entries());
      // Packed indices share bytes: the fillers have the whole bytes that theirs alone would fill.
      long fillerIndexBytes = format.indexBits() * count.fillers() / Byte.SIZE;
      total =
          total.plus(
              new ByteAccount(
                  Float.BYTES * survivors,
                  indexBytes - fillerIndexBytes,
                  (long) Float.BYTES * count.fillers() + fillerIndexBytes,
                  0,
                  ChunkedFile.CHUNK_HEADER_BYTES));
    }
    return total;
  }

  private static void putHeader(Shape shape, Encoding encoding, int chunkElements, ByteBuffer out) {
    out.putInt(ChunkedFile.MAGIC)
        .put((byte) ChunkedFile.VERSION)
        .putShort((short) encoding.wireId())
        .put((byte) shape.rank())
        .putInt(chunkElements);
    for (int dim : shape.toArray()) {
      out.putInt(dim);
    }
  }

  private static void putChecksum(CRC32C crc, ByteBuffer out) {
    out.putInt((int) crc.getValue());
  }

  private static void requireEncodable(Shape shape, float[] values, int from) {
    Objects.checkFromIndexSize(from, shape.elements(), values.length);
    if (shape.rank() > ChunkedFile.MAX_RANK) {
      throw new IllegalArgumentException(
          "a tensor file has at most " + ChunkedFile.MAX_RANK + " dimensions, found " + shape);
    }
  }
}
