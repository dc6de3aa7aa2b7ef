package io.secateur.encoding;

import java.util.zip.CRC32C;

/** One chunk of a file, whose length has been verified. */
final class StoredChunk {
  /** The entry count before a chunk's payload and the checksum behind it. */
  static final int FRAME_BYTES = 2 * Integer.BYTES;

  private final byte[] bytes;
  private final int offset;
  private final long inFile;
  private final int number;
  private final int firstElement;
  private final int elements;

  /**
   * @param bytes that hold the chunk from {@code offset} on, at its entry count
   * @param inFile where {@code bytes} begin in the file
   */
  StoredChunk(byte[] bytes, int offset, long inFile, Chunking chunking, int number) {
    this.bytes = bytes;
    this.offset = offset;
    this.inFile = inFile;
    this.number = number;
    this.firstElement = chunking.first(number);
    this.elements = chunking.elements(number);
  }

  /**
   * The length of a chunk that announces so many entries at {@code offset} in its file.
   *
   * @throws EncodingException when it has not as many elements
   */
  static long length(ChunkFormat format, Chunking chunking, int number, int entries, long offset)
      throws EncodingException {
    int elements = chunking.elements(number);
    if (entries < 0 || entries > elements) {
      throw new EncodingException(
          offset,
          Integer.toUnsignedString(entries) + " entries in chunk " + number,
          "at most one for each of its " + elements + " elements");
    }
    return FRAME_BYTES + format.payloadBytes(entries, elements);
  }

  int number() {
    return number;
  }

  /** The flat index of its first element. */
  int firstElement() {
    return firstElement;
  }

  /** How many elements it stands for. */
  int elements() {
    return elements;
  }

  /** How many values it stores, at most {@link #elements}. */
  int entries() {
    return LittleEndian.getInt(bytes, offset);
  }

  /** The array that holds the chunk, among other things. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the values begin in {@link #bytes}. */
  int valuesAt() {
    return offset + Integer.BYTES;
  }

  /** Where the indices begin, behind the values. */
  int indicesAt() {
    return valuesAt() + Float.BYTES * entries();
  }

  int valueBits(int entry) {
    return LittleEndian.getInt(bytes, valuesAt() + Float.BYTES * entry);
  }

  /** How many of the values have a bit set. */
  int nonZeroEntries() {
    int count = 0;
    int end = indicesAt();
    for (int at = valuesAt(); at < end; at += Float.BYTES) {
      count += Bits.nonZero(LittleEndian.getInt(bytes, at));
    }
    return count;
  }

  /**
   * Refuses an entry.
   *
   * @param entry where the error is; the number of entries when it is in the indices
   */
  EncodingException refusal(int entry, String found, String expected) {
    return new EncodingException(inFile + valuesAt() + (long) Float.BYTES * entry, found, expected);
  }

  /** Refuses the number of entries. */
  EncodingException refusalOfCount(String expected) {
    return new EncodingException(
        inFile + offset, entries() + " entries in chunk " + number, expected);
  }

  /** Compares the checksum with the bytes, of which the last four are the checksum. */
  void requireIntact(int length) throws EncodingException {
    int covered = length - Integer.BYTES;
    requireChecksum(
        bytes,
        offset + covered,
        inFile,
        checksumOf(number, bytes, offset, covered),
        "chunk " + number);
  }

  /**
   * The checksum of a chunk: over its number, then its entry count and payload, so that a chunk is
   * not taken for another.
   */
  static int checksumOf(int number, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(number >>> shift);
    }
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Compares a checksum that is stored at {@code at} with the one that its bytes have. */
  static void requireChecksum(byte[] bytes, int at, long inFile, int actual, String what)
      throws EncodingException {
    int stored = LittleEndian.getInt(bytes, at);
    if (stored != actual) {
      throw new EncodingException(
          inFile + at,
          String.format("the checksum %08x of %s", stored, what),
          String.format("%08x, as its bytes have", actual));
    }
  }
}
