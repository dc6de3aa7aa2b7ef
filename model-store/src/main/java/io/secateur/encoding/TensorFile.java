package io.secateur.encoding;

import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file of one tensor, in memory. Its chunks are found when it is parsed, so that each can be
 * read without the others; the checksum of a chunk is verified when it is read. Nothing is
 * allocated before the file was seen to hold as much; what is dense goes to an array of the
 * caller's, or stays below a limit of the caller's.
 */
public final class TensorFile {
  private final byte[] bytes;
  private final TensorHeader header;
  private final Chunking chunking;
  private final ChunkFormat format;

  /** Where each chunk begins, and where the last one ends. */
  private final int[] offsets;

  private TensorFile(byte[] bytes, TensorHeader header) throws EncodingException {
    this.bytes = bytes;
    this.header = header;
    this.chunking = header.chunking();
    this.format = ChunkFormat.of(header.encoding());
    int chunks = chunking.chunks();
    long shortest = header.bytes() + (long) StoredChunk.FRAME_BYTES * chunks;
    if (shortest > bytes.length) {
      throw EncodingException.endInside(bytes.length, "the chunks, which are " + chunks, shortest);
    }
    this.offsets = new int[chunks + 1];
    offsets[0] = header.bytes();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int offset = offsets[chunk];
      if (offset > bytes.length - Integer.BYTES) {
        throw EncodingException.endInside(
            bytes.length, "the entry count of chunk " + chunk, (long) offset + Integer.BYTES);
      }
      int entries = LittleEndian.getInt(bytes, offset);
      long length = StoredChunk.length(format, chunking, chunk, entries, offset);
      if (offset + length > bytes.length) {
        throw EncodingException.endInside(
            bytes.length, "chunk " + chunk + " of " + entries + " entries", offset + length);
      }
      offsets[chunk + 1] = offset + (int) length;
    }
    if (offsets[chunks] < bytes.length) {
      throw new EncodingException(
          offsets[chunks],
          (bytes.length - offsets[chunks]) + " bytes after the last chunk",
          "the end of the file");
    }
  }

  /**
   * Finds the chunks of a file. The array is not copied.
   *
   * @throws EncodingException when the header or a length is not what an encoder writes
   */
  public static TensorFile parse(byte[] file) throws EncodingException {
    return new TensorFile(file, TensorHeader.parse(file));
  }

  /**
   * As {@link #parse(byte[])}, for a tensor whose shape is known.
   *
   * @throws EncodingException also when the file holds another shape
   */
  public static TensorFile parse(byte[] file, Shape expected) throws EncodingException {
    return new TensorFile(file, TensorHeader.parse(file).requireShape(expected));
  }

  public Encoding encoding() {
    return header.encoding();
  }

  public Shape shape() {
    return header.shape();
  }

  /** The number of chunks. */
  public int chunks() {
    return chunking.chunks();
  }

  /** The flat index of the first element of a chunk. */
  public int firstElement(int chunk) {
    return chunking.first(Objects.checkIndex(chunk, chunks()));
  }

  /** How many elements a chunk stands for. */
  public int elements(int chunk) {
    return chunking.elements(Objects.checkIndex(chunk, chunks()));
  }

  /**
   * Reads one chunk, to its elements from {@code from} on.
   *
   * @param chunk from 0
   * @return how many of them are not zero
   * @throws EncodingException when the chunk is not what an encoder writes
   * @throws IndexOutOfBoundsException when there is no such chunk, or the array is too short
   */
  public int readChunk(int chunk, float[] out, int from) throws EncodingException {
    Objects.checkFromIndexSize(from, elements(chunk), out.length);
    return format.readDense(intact(chunk), out, from);
  }

  /**
   * Reads all values, zeros too, to {@code from} and on.
   *
   * @return how many of them are not zero
   * @throws EncodingException when a chunk is not what an encoder writes; what was written is not
   *     defined then
   * @throws IndexOutOfBoundsException when the array is too short
   */
  public int read(float[] out, int from, Cores cores) throws EncodingException {
    Objects.checkFromIndexSize(from, shape().elements(), out.length);
    AtomicInteger nonZeros = new AtomicInteger();
    cores.readEach(
        chunks(), chunk -> nonZeros.addAndGet(readChunk(chunk, out, from + chunking.first(chunk))));
    return nonZeros.get();
  }

  /**
   * A fresh array of all values, zeros too.
   *
   * @param maxElements the most that the caller is ready to allocate
   * @throws EncodingException when the tensor has more elements, or a chunk is not what an encoder
   *     writes
   */
  public float[] toDense(int maxElements, Cores cores) throws EncodingException {
    if (shape().elements() > maxElements) {
      throw new EncodingException(
          TensorHeader.FIXED_BYTES,
          "shape " + shape() + " of " + shape().elements() + " elements",
          "at most " + maxElements);
    }
    float[] values = new float[shape().elements()];
    read(values, 0, cores);
    return values;
  }

  /**
   * The non-zeros with their indices. Whatever the encoding, no dense array is made, and the
   * allocation is at most a small multiple of the file.
   *
   * @throws EncodingException when a chunk is not what an encoder writes
   */
  public SparseTensor toSparse(Cores cores) throws EncodingException {
    int[] starts = new int[chunks() + 1];
    cores.readEach(chunks(), chunk -> starts[chunk + 1] = format.nonZeros(intact(chunk)));
    for (int chunk = 0; chunk < chunks(); chunk++) {
      starts[chunk + 1] += starts[chunk];
    }
    int[] indices = new int[starts[chunks()]];
    float[] values = new float[indices.length];
    cores.readEach(
        chunks(), chunk -> format.readSparse(chunk(chunk), indices, values, starts[chunk]));
    return SparseTensor.wrapping(shape(), indices, values);
  }

  /**
   * A {@code DenseTensor} of a dense file, which holds as many bytes, a {@code SparseTensor} of any
   * other.
   *
   * @throws EncodingException when a chunk is not what an encoder writes
   */
  public WeightTensor toTensor(Cores cores) throws EncodingException {
    return encoding().equals(Encoding.DENSE)
        ? DenseTensor.wrapping(shape(), toDense(shape().elements(), cores))
        : toSparse(cores);
  }

  private StoredChunk chunk(int chunk) {
    return new StoredChunk(bytes, offsets[chunk], 0, chunking, chunk);
  }

  private StoredChunk intact(int number) throws EncodingException {
    StoredChunk chunk = chunk(number);
    chunk.requireIntact(offsets[number + 1] - offsets[number]);
    return chunk;
  }
}
