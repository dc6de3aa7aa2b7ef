package io.secateur.encoding;

import java.util.Arrays;

/**
 * The non-zeros of the chunk, then a bit for each of its elements, lowest bit first, that tells
 * whether it is one of them.
 */
record BitmapFormat() implements ChunkFormat {
  @Override
  public long indexBytes(int entries, int elements) {
    return (elements + 7L) >>> 3;
  }

  @Override
  public void write(
      float[] values,
      int from,
      GapStatistics statistics,
      int chunk,
      int entries,
      byte[] out,
      int at) {
    int first = from + statistics.chunking().first(chunk);
    int elements = statistics.chunking().elements(chunk);
    int valueAt = at;
    int bitmapAt = at + Float.BYTES * entries;
    int word = statistics.firstWord(chunk);
    for (int element = 0; element < elements; element += Long.SIZE, word++) {
      long bitmap = statistics.words()[word];
      for (long bits = bitmap; bits != 0; bits &= bits - 1) {
        int present = first + element + Long.numberOfTrailingZeros(bits);
        LittleEndian.putInt(out, valueAt, Float.floatToRawIntBits(values[present]));
        valueAt += Float.BYTES;
      }
      if (elements - element >= Long.SIZE) {
        LittleEndian.putLong(out, bitmapAt, bitmap);
        bitmapAt += Long.BYTES;
      } else {
        for (int left = elements - element; left > 0; left -= Byte.SIZE, bitmap >>>= Byte.SIZE) {
          out[bitmapAt++] = (byte) bitmap;
        }
      }
    }
  }

  @Override
  public int nonZeros(StoredChunk chunk) {
    return chunk.entries();
  }

  @Override
  public int readDense(StoredChunk chunk, float[] out, int from) throws EncodingException {
    requireFit(chunk);
    byte[] bytes = chunk.bytes();
    Arrays.fill(out, from, from + chunk.elements(), 0.0f);
    int valueAt = chunk.valuesAt();
    for (int element = 0; element < chunk.elements(); element += Long.SIZE) {
      for (long bits = word(chunk, element); bits != 0; bits &= bits - 1) {
        int present = from + element + Long.numberOfTrailingZeros(bits);
        out[present] = Float.intBitsToFloat(LittleEndian.getInt(bytes, valueAt));
        valueAt += Float.BYTES;
      }
    }
    return chunk.entries();
  }

  @Override
  public void readSparse(StoredChunk chunk, int[] indices, float[] values, int from)
      throws EncodingException {
    requireFit(chunk);
    int at = from;
    for (int element = 0; element < chunk.elements(); element += Long.SIZE) {
      int first = chunk.firstElement() + element;
      for (long bits = word(chunk, element); bits != 0; bits &= bits - 1) {
        indices[at++] = first + Long.numberOfTrailingZeros(bits);
      }
    }
    LittleEndian.getFloats(chunk.bytes(), chunk.valuesAt(), values, from, chunk.entries());
  }

  /** The bits of the 64 elements from {@code element}, or of those that are left. */
  private static long word(StoredChunk chunk, int element) {
    int at = chunk.indicesAt() + (element >>> 3);
    int left = chunk.elements() - element;
    if (left >= Long.SIZE) {
      return LittleEndian.getLong(chunk.bytes(), at);
    }
    long word = 0;
    for (int shift = 0; shift < left; shift += Byte.SIZE) {
      word |= (chunk.bytes()[at++] & 0xFFL) << shift;
    }
    return word;
  }

  private static void requireFit(StoredChunk chunk) throws EncodingException {
    long present = 0;
    for (int element = 0; element < chunk.elements(); element += Long.SIZE) {
      present += Long.bitCount(word(chunk, element));
    }
    if (present != chunk.entries()) {
      throw chunk.refusalOfCount("one for each of the " + present + " bits set in its bitmap");
    }
    int inLastWord = chunk.elements() & (Long.SIZE - 1);
    if (inLastWord != 0 && word(chunk, chunk.elements() - inLastWord) >>> inLastWord != 0) {
      throw chunk.refusal(
          chunk.entries(),
          "bits set after the last element of chunk " + chunk.number(),
          "the last byte to be filled with zeros");
    }
    if (chunk.nonZeroEntries() != chunk.entries()) {
      int entry = 0;
      while (chunk.valueBits(entry) != 0) {
        entry++;
      }
      throw chunk.refusal(
          entry, "a zero in entry " + entry + " of chunk " + chunk.number(), "a non-zero value");
    }
  }
}
