package io.secateur.encoding;

import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.nio.ByteBuffer;

/**
 * The non-zeros of the chunk, then for each the number of zeros that it skips, in {@code bits} bits
 * packed lowest first. As a stored number n skips n zeros, the largest, 2<sup>bits</sup> - 1,
 * reaches 2<sup>bits</sup> elements on; where a non-zero is further away, an entry with that number
 * and a value of zero bits, a filler, bridges the way. The first number counts from the chunk's
 * first element. Zeros behind the last non-zero are not stored.
 */
record RelativeIndexFormat(int bits) implements ChunkFormat {
  private int largestSkip() {
    return (1 << bits) - 1;
  }

  @Override
  public ChunkCount count(float[] values, int from, int elements) {
    int nonZeros = 0;
    int fillers = 0;
    int next = 0;
    for (int i = 0; i < elements; i++) {
      if (Float.floatToRawIntBits(values[from + i]) != 0) {
        nonZeros++;
        fillers += (i - next) >>> bits;
        next = i + 1;
      }
    }
    return new ChunkCount(nonZeros + fillers, fillers);
  }

  @Override
  public long indexBits() {
    return bits;
  }

  @Override
  public void write(float[] values, int from, int elements, int entries, ByteBuffer out) {
    int valueAt = out.position();
    BitWriter skips = new BitWriter(out.position(valueAt + Float.BYTES * entries));
    int next = 0;
    for (int i = 0; i < elements; i++) {
      int valueBits = Float.floatToRawIntBits(values[from + i]);
      if (valueBits != 0) {
        int zeros = i - next;
        for (int fillers = zeros >>> bits; fillers > 0; fillers--) {
          out.putInt(valueAt, 0);
          valueAt += Float.BYTES;
          skips.write(largestSkip(), bits);
        }
        out.putInt(valueAt, valueBits);
        valueAt += Float.BYTES;
        skips.write(zeros & largestSkip(), bits);
        next = i + 1;
      }
    }
    skips.finish();
  }

  @Override
  public WeightTensor read(ChunkedFile file) throws EncodingException {
    int nonZeros = 0;
    for (ChunkedFile.Chunk chunk : file.chunks()) {
      for (int entry = 0; entry < chunk.entries(); entry++) {
        if (file.valueBits(chunk, entry) != 0) {
          nonZeros++;
        }
      }
    }
    int[] indices = new int[nonZeros];
    float[] values = new float[nonZeros];
    int at = 0;
    for (ChunkedFile.Chunk chunk : file.chunks()) {
      at = readChunk(file, chunk, indices, values, at);
    }
    return SparseTensor.wrapping(file.shape(), indices, values);
  }

  /** Reads a chunk's non-zeros into the arrays from {@code at}; returns where the next go. */
  private int readChunk(
      ChunkedFile file, ChunkedFile.Chunk chunk, int[] indices, float[] values, int at)
      throws EncodingException {
    BitReader skips = file.indexBits(chunk);
    int next = 0;
    for (int entry = 0; entry < chunk.entries(); entry++) {
      int skip = skips.read(bits);
      int valueBits = file.valueBits(chunk, entry);
      int element = next + skip;
      if (element >= chunk.elements()) {
        throw new EncodingException(
            file.valueOffset(chunk, entry),
            "entry " + entry + " of chunk " + chunk.number() + " at element " + element,
            "an element below " + chunk.elements());
      }
      if (valueBits != 0) {
        indices[at] = chunk.firstElement() + element;
        values[at] = Float.intBitsToFloat(valueBits);
        at++;
      } else if (skip != largestSkip() || entry == chunk.entries() - 1) {
        throw new EncodingException(
            file.valueOffset(chunk, entry),
            "a zero in entry " + entry + " of chunk " + chunk.number() + " that skips " + skip,
            "only fillers to be zero: they skip " + largestSkip() + " and another entry follows");
      }
      next = element + 1;
    }
    if (skips.leftOver() != 0) {
      throw new EncodingException(
          file.valueOffset(chunk, chunk.entries()),
          "bits set after the last index of chunk " + chunk.number(),
          "the last byte to be filled with zeros");
    }
    return at;
  }
}
