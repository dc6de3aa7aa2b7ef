package io.secateur.encoding;

import io.secateur.tensor.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file taken apart into header and chunks, with every length and checksum verified against the
 * bytes that are there. Nothing is allocated that is larger than the file.
 */
final class ChunkedFile {
  /** "SECT" in the order of the file. */
  static final int MAGIC = 0x54434553;

  static final int VERSION = 1;
  static final int MAX_RANK = 8;

  /** The entry count before a chunk's payload and the checksum behind it. */
  static final int CHUNK_HEADER_BYTES = 2 * Integer.BYTES;

  private static final int FIXED_HEADER_BYTES = 12;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * One chunk.
   *
   * @param offset where it begins in the file, at its entry count
   * @param firstElement the flat index of its first element
   * @param elements how many elements it stands for
   * @param entries how many values it stores, at most {@code elements}
   */
  record Chunk(int number, int offset, int firstElement, int elements, int entries) {}

  private final byte[] bytes;
  private final Encoding encoding;
  private final Shape shape;
  private final List<Chunk> chunks;

  private ChunkedFile(byte[] bytes, Encoding encoding, Shape shape, List<Chunk> chunks) {
    this.bytes = bytes;
    this.encoding = encoding;
    this.shape = shape;
    this.chunks = chunks;
  }

  static int headerBytes(Shape shape) {
    return FIXED_HEADER_BYTES + Integer.BYTES * (shape.rank() + 1);
  }

  static ChunkedFile parse(byte[] bytes) throws EncodingException {
    requireLength(bytes, FIXED_HEADER_BYTES, "the fixed part of a header");
    if (intAt(bytes, 0) != MAGIC) {
      throw new EncodingException(
          0, String.format("%08x", Integer.reverseBytes(intAt(bytes, 0))), "the magic 53454354");
    }
    if (bytes[4] != VERSION) {
      throw new EncodingException(4, "format version " + (bytes[4] & 0xFF), "version " + VERSION);
    }
    int rank = bytes[7] & 0xFF;
    if (rank > MAX_RANK) {
      throw new EncodingException(7, rank + " dimensions", "at most " + MAX_RANK);
    }
    int checksumAt = FIXED_HEADER_BYTES + Integer.BYTES * rank;
    requireLength(bytes, checksumAt + Integer.BYTES, "a header of " + rank + " dimensions");
    requireChecksum(bytes, checksumAt, checksumOf(bytes, 0, checksumAt), "the header");

    int wireId = (bytes[5] & 0xFF) | (bytes[6] & 0xFF) << 8;
    Encoding encoding =
        Encoding.ofWireId(wireId)
            .orElseThrow(
                () ->
                    new EncodingException(
                        5,
                        String.format("the encoding %04x", wireId),
                        "one that this version knows"));
    int chunkElements = intAt(bytes, 8);
    if (chunkElements < 1) {
      throw new EncodingException(
          8,
          Integer.toUnsignedString(chunkElements) + " elements a chunk",
          "a number from 1 to 2147483647");
    }
    Shape shape = shapeAt(bytes, rank);
    List<Chunk> chunks = chunks(bytes, checksumAt + Integer.BYTES, encoding, shape, chunkElements);
    return new ChunkedFile(bytes, encoding, shape, chunks);
  }

  private static Shape shapeAt(byte[] bytes, int rank) throws EncodingException {
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = intAt(bytes, FIXED_HEADER_BYTES + Integer.BYTES * i);
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      EncodingException refusal =
          new EncodingException(
              FIXED_HEADER_BYTES,
              "dimensions that are no shape",
              "dimensions whose product is at most 2147483647");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static List<Chunk> chunks(
      byte[] bytes, int from, Encoding encoding, Shape shape, int chunkElements)
      throws EncodingException {
    ChunkFormat format = ChunkFormat.of(encoding);
    List<Chunk> chunks = new ArrayList<>();
    int offset = from;
    int elements;
    for (int first = 0; first < shape.elements(); first += elements) {
      elements = Math.min(chunkElements, shape.elements() - first);
      String what = "chunk " + chunks.size();
      requireLength(bytes, (long) offset + Integer.BYTES, "the entry count of " + what);
      int entries = intAt(bytes, offset);
      if (entries < 0 || entries > elements) {
        throw new EncodingException(
            offset,
            Integer.toUnsignedString(entries) + " entries in " + what,
            "at most one for each of its " + elements + " elements");
      }
      long checksumAt = (long) offset + Integer.BYTES + format.payloadBytes(entries);
      requireLength(bytes, checksumAt + Integer.BYTES, what + " of " + entries + " entries");
      CRC32C crc = checksumOf(chunks.size(), bytes, offset, (int) checksumAt - offset);
      requireChecksum(bytes, (int) checksumAt, crc, what);
      chunks.add(new Chunk(chunks.size(), offset, first, elements, entries));
      offset = (int) checksumAt + Integer.BYTES;
    }
    if (offset < bytes.length) {
      throw new EncodingException(
          offset, (bytes.length - offset) + " bytes after the last chunk", "the end of the file");
    }
    return List.copyOf(chunks);
  }

  static CRC32C checksumOf(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return crc;
  }

  /**
   * The checksum of a chunk: over its number, then its entry count and payload, so that a chunk is
   * not taken for another.
   */
  static CRC32C checksumOf(int number, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(number >>> shift);
    }
    crc.update(bytes, from, length);
    return crc;
  }

  private static void requireChecksum(byte[] bytes, int at, CRC32C crc, String what)
      throws EncodingException {
    int computed = (int) crc.getValue();
    if (intAt(bytes, at) != computed) {
      throw new EncodingException(
          at,
          String.format("the checksum %08x of %s", intAt(bytes, at), what),
          String.format("%08x as its bytes have it", computed));
    }
  }

  private static void requireLength(byte[] bytes, long end, String what) throws EncodingException {
    if (end > bytes.length) {
      throw new EncodingException(
          bytes.length, "the end of the file inside " + what, "at least " + end + " bytes");
    }
  }

  private static int intAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  Encoding encoding() {
    return encoding;
  }

  Shape shape() {
    return shape;
  }

  List<Chunk> chunks() {
    return chunks;
  }

  /** Where the value of an entry is, or for {@code entry == entries} where the indices begin. */
  int valueOffset(Chunk chunk, int entry) {
    return chunk.offset() + Integer.BYTES + Float.BYTES * entry;
  }

  int valueBits(Chunk chunk, int entry) {
    return intAt(bytes, valueOffset(chunk, entry));
  }

  BitReader indexBits(Chunk chunk) {
    return new BitReader(bytes, valueOffset(chunk, chunk.entries()));
  }
}
