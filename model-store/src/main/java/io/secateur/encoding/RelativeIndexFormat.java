package io.secateur.encoding;

import java.util.Arrays;

/**
 * The non-zeros of the chunk, then for each the number of zeros that it skips, in {@code bits} bits
 * packed lowest first. As a stored number n skips n zeros, the largest, 2<sup>bits</sup> - 1,
 * reaches 2<sup>bits</sup> elements on; where a non-zero is further away, an entry with that number
 * and a value of zero bits, a filler, bridges the way. The first number counts from the chunk's
 * first element. Zeros behind the last non-zero are not stored.
 *
 * <p>The loops have no branch that depends on whether an entry is a filler, as that can't be
 * predicted. They only note that something is wrong; {@link #refusal} finds out what.
 */
record RelativeIndexFormat(int bits) implements ChunkFormat {
  private int largestSkip() {
    return (1 << bits) - 1;
  }

  @Override
  public int fillers(GapStatistics statistics, int chunk) {
    return statistics.fillers(chunk, bits);
  }

  @Override
  public long indexBytes(int entries, int elements) {
    return ((long) entries * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Packed indices share bytes: the fillers have the whole bytes that theirs alone would fill. */
  @Override
  public long fillerIndexBytes(int fillers) {
    return (long) fillers * bits / Byte.SIZE;
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
    int largest = largestSkip();
    int valueAt = at;
    int skipAt = at + Float.BYTES * entries;
    int pending = 0;
    int pendingBits = 0;
    int next = 0;
    int word = statistics.firstWord(chunk);
    for (int element = 0; element < elements; element += Long.SIZE, word++) {
      for (long present = statistics.words()[word]; present != 0; present &= present - 1) {
        int i = element + Long.numberOfTrailingZeros(present);
        int valueBits = Float.floatToRawIntBits(values[first + i]);
        for (int zeros = i - next; zeros >= 0; zeros -= largest + 1) {
          LittleEndian.putInt(out, valueAt, zeros > largest ? 0 : valueBits);
          valueAt += Float.BYTES;
          // At most 7 bits are pending and 16 come to them. All go out; whole bytes stay there.
          pending |= Math.min(zeros, largest) << pendingBits;
          LittleEndian.putInt(out, skipAt, pending);
          pendingBits += bits;
          skipAt += pendingBits >>> 3;
          pending >>>= pendingBits & -Byte.SIZE;
          pendingBits &= Byte.SIZE - 1;
        }
        next = i + 1;
      }
    }
  }

  @Override
  public int nonZeros(StoredChunk chunk) {
    return chunk.nonZeroEntries();
  }

  @Override
  public int readDense(StoredChunk chunk, float[] out, int from) throws EncodingException {
    requireEnd(chunk);
    byte[] bytes = chunk.bytes();
    int entries = chunk.entries();
    int elements = chunk.elements();
    Arrays.fill(out, from, from + elements, 0.0f);
    int largest = largestSkip();
    int valueAt = chunk.valuesAt();
    long bit = (long) Byte.SIZE * chunk.indicesAt();
    int next = 0;
    int nonZeros = 0;
    int wrong = 0;
    for (int entry = 0; entry < entries; entry++) {
      int skip = skipAt(bytes, bit) & largest;
      bit += bits;
      int value = LittleEndian.getInt(bytes, valueAt);
      valueAt += Float.BYTES;
      int element = next + skip;
      if (Integer.compareUnsigned(element, elements) >= 0) {
        throw refusal(chunk);
      }
      out[from + element] = Float.intBitsToFloat(value);
      next = element + 1;
      int nonZero = Bits.nonZero(value);
      nonZeros += nonZero;
      wrong |= (nonZero - 1) & (skip ^ largest);
    }
    if (wrong != 0) {
      throw refusal(chunk);
    }
    return nonZeros;
  }

  @Override
  public void readSparse(StoredChunk chunk, int[] indices, float[] values, int from)
      throws EncodingException {
    requireEnd(chunk);
    byte[] bytes = chunk.bytes();
    int entries = chunk.entries();
    int elements = chunk.elements();
    int first = chunk.firstElement();
    int largest = largestSkip();
    int valueAt = chunk.valuesAt();
    long bit = (long) Byte.SIZE * chunk.indicesAt();
    int at = from;
    int next = 0;
    int wrong = 0;
    for (int entry = 0; entry < entries; entry++) {
      int skip = skipAt(bytes, bit) & largest;
      bit += bits;
      int value = LittleEndian.getInt(bytes, valueAt);
      valueAt += Float.BYTES;
      int element = next + skip;
      if (Integer.compareUnsigned(element, elements) >= 0) {
        throw refusal(chunk);
      }
      // A filler is written too, and then overwritten: it is not the last entry.
      indices[at] = first + element;
      values[at] = Float.intBitsToFloat(value);
      next = element + 1;
      int nonZero = Bits.nonZero(value);
      at += nonZero;
      wrong |= (nonZero - 1) & (skip ^ largest);
    }
    if (wrong != 0) {
      throw refusal(chunk);
    }
  }

  /**
   * A number at a bit, and others above it: at most 7 bits lie below and 16 are wanted. The
   * checksum stands behind the indices, so that four bytes are always there.
   */
  private static int skipAt(byte[] bytes, long bit) {
    return LittleEndian.getInt(bytes, (int) (bit >>> 3)) >>> (bit & 7);
  }

  /** The last entry is no filler, and nothing is left over of the last byte. */
  private void requireEnd(StoredChunk chunk) throws EncodingException {
    int entries = chunk.entries();
    if (entries == 0) {
      return;
    }
    long end = (long) Byte.SIZE * chunk.indicesAt() + (long) bits * entries;
    int inLastByte = (int) (end & 7);
    boolean padded =
        inLastByte == 0 || (chunk.bytes()[(int) (end >>> 3)] & 0xFF) >>> inLastByte == 0;
    if (chunk.valueBits(entries - 1) == 0 || !padded) {
      throw refusal(chunk);
    }
  }

  /** Goes through a chunk that is not well formed, slowly, to tell where. */
  private EncodingException refusal(StoredChunk chunk) {
    long bit = (long) Byte.SIZE * chunk.indicesAt();
    long next = 0;
    for (int entry = 0; entry < chunk.entries(); entry++, bit += bits) {
      int skip = skipAt(chunk.bytes(), bit) & largestSkip();
      String what = "entry " + entry + " of chunk " + chunk.number();
      long element = next + skip;
      if (element >= chunk.elements()) {
        return chunk.refusal(
            entry, what + " at element " + element, "an element below " + chunk.elements());
      }
      boolean filler = skip == largestSkip() && entry < chunk.entries() - 1;
      if (chunk.valueBits(entry) == 0 && !filler) {
        return chunk.refusal(
            entry,
            "a zero in " + what + " that skips " + skip,
            "only fillers to be zero: they skip " + largestSkip() + " and another entry follows");
      }
      next = element + 1;
    }
    return chunk.refusal(
        chunk.entries(),
        "bits set after the last index of chunk " + chunk.number(),
        "the last byte to be filled with zeros");
  }
}
