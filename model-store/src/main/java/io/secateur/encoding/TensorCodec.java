package io.secateur.encoding;

import io.secateur.tensor.Shape;
import io.secateur.tensor.WeightTensor;

/**
 * Tensors to bytes and back, bit by bit, for who has a whole file in memory and one core. In short,
 * all integers little-endian:
 *
 * <pre>
 * file    := header chunk*
 * header  := "SECT"  version u8 = 1  encoding u16  rank u8  chunk-elements u32  dim u32{rank}  crc u32
 * chunk   := entries u32  payload  crc u32
 * payload := value f32{entries}                                    dense
 *          | value f32{entries}  skip{entries}, zero bits to the byte   relative index
 *          | value f32{entries}  bit{elements}, zero bits to the byte   bitmap
 * </pre>
 *
 * FORMAT.md beside the module's pom has the whole grammar, with examples. A chunk has a CRC32C of
 * its own and decodes without the others. {@link TensorEncoder} knows the size of every encoding
 * before it writes one; {@link TensorFile} reads single chunks, on several cores, and into arrays
 * of the caller's; {@link TensorStream} needs no file in memory.
 */
public final class TensorCodec {
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
    return TensorEncoder.scan(shape, values, from, Cores.ONE).encode(encoding);
  }

  /**
   * Decodes a whole file: a {@code DenseTensor} from a dense one, a {@code SparseTensor} from any
   * other. It allocates no more than a small multiple of the file's length.
   *
   * @param expected the shape that the tensor must have
   * @throws EncodingException when the file is not exactly what {@link #encode} writes for a tensor
   *     of that shape
   */
  public static WeightTensor decode(byte[] file, Shape expected) throws EncodingException {
    return TensorFile.parse(file, expected).toTensor(Cores.ONE);
  }
}
