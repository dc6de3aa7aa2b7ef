package io.secateur.encoding;

import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads the file of one tensor from a stream, once, with one chunk of it in memory at a time. It
 * refuses what {@link TensorFile} refuses.
 */
public final class TensorStream {
  private final InputStream in;
  private final long length;
  private final TensorHeader header;
  private final Chunking chunking;
  private final ChunkFormat format;
  private long position;
  private byte[] buffer = new byte[0];

  private TensorStream(InputStream in, long length, TensorHeader header) {
    this.in = in;
    this.length = length;
    this.header = header;
    this.chunking = header.chunking();
    this.format = ChunkFormat.of(header.encoding());
    this.position = header.bytes();
  }

  /**
   * Reads the header. The stream is the caller's to close.
   *
   * @param length of the file, as whoever keeps it tells: nothing larger is allocated for a chunk
   * @param expected the shape that the tensor must have
   * @throws EncodingException when the header is not what an encoder writes for such a tensor
   * @throws IOException what the stream throws
   */
  public static TensorStream open(InputStream in, long length, Shape expected)
      throws IOException, EncodingException {
    byte[] fixed = in.readNBytes(TensorHeader.FIXED_BYTES);
    int headerBytes = TensorHeader.lengthOf(fixed);
    byte[] rest = in.readNBytes(headerBytes - fixed.length);
    byte[] bytes = Arrays.copyOf(fixed, fixed.length + rest.length);
    System.arraycopy(rest, 0, bytes, fixed.length, rest.length);
    return new TensorStream(in, length, TensorHeader.parse(bytes).requireShape(expected));
  }

  /**
   * Reads all values, zeros too, to {@code from} and on.
   *
   * @return how many of them are not zero
   * @throws EncodingException when the file is not what an encoder writes; what was written is not
   *     defined then
   * @throws IOException what the stream throws
   * @throws IndexOutOfBoundsException when the array is too short
   */
  public int read(float[] out, int from) throws IOException, EncodingException {
    Objects.checkFromIndexSize(from, header.shape().elements(), out.length);
    int nonZeros = 0;
    for (int number = 0; number < chunking.chunks(); number++) {
      StoredChunk chunk = next(number);
      nonZeros += format.readDense(chunk, out, from + chunk.firstElement());
    }
    requireEnd();
    return nonZeros;
  }

  /**
   * The non-zeros with their indices, without passing through a dense array.
   *
   * @throws EncodingException when the file is not what an encoder writes
   * @throws IOException what the stream throws
   */
  public SparseTensor toSparse() throws IOException, EncodingException {
    int[] indices = new int[0];
    float[] values = new float[0];
    int size = 0;
    for (int number = 0; number < chunking.chunks(); number++) {
      StoredChunk chunk = next(number);
      int end = size + format.nonZeros(chunk);
      if (end > indices.length) {
        int capacity = (int) Math.max(end, Math.min(1.5 * end, chunking.elements()));
        indices = Arrays.copyOf(indices, capacity);
        values = Arrays.copyOf(values, capacity);
      }
      format.readSparse(chunk, indices, values, size);
      size = end;
    }
    requireEnd();
    return SparseTensor.wrapping(
        header.shape(), Arrays.copyOf(indices, size), Arrays.copyOf(values, size));
  }

  private StoredChunk next(int number) throws IOException, EncodingException {
    long offset = position;
    fill(0, Integer.BYTES, "the entry count of chunk " + number);
    int entries = LittleEndian.getInt(buffer, 0);
    long bytes = StoredChunk.length(format, chunking, number, entries, offset);
    String what = "chunk " + number + " of " + entries + " entries";
    if (offset + bytes > length) {
      throw EncodingException.endInside(length, what, offset + bytes);
    }
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new EncodingException(offset, bytes + " bytes in " + what, "a chunk of less than 2 GB");
    }
    fill(Integer.BYTES, (int) bytes, what);
    StoredChunk chunk = new StoredChunk(buffer, 0, offset, chunking, number);
    chunk.requireIntact((int) bytes);
    return chunk;
  }

  /** Reads the bytes of the buffer in [from, to), and makes room for them. */
  private void fill(int from, int to, String what) throws IOException, EncodingException {
    if (buffer.length < to) {
      buffer = Arrays.copyOf(buffer, to);
    }
    int read = in.readNBytes(buffer, from, to - from);
    position += read;
    if (read < to - from) {
      throw EncodingException.endInside(position, what, position - read + to - from);
    }
  }

  private void requireEnd() throws IOException, EncodingException {
    if (position < length || in.read() >= 0) {
      throw new EncodingException(position, "bytes after the last chunk", "the end of the file");
    }
  }
}
