package io.secateur.encoding;

/** Reads what {@link BitWriter} packs. */
final class BitReader {
  private final byte[] bytes;
  private int at;
  private long pending;
  private int pendingBits;

  BitReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** The next {@code bits}, at most 32, as a number. */
  int read(int bits) {
    while (pendingBits < bits) {
      pending |= (bytes[at++] & 0xFFL) << pendingBits;
      pendingBits += Byte.SIZE;
    }
    int number = (int) (pending & ((1L << bits) - 1));
    pending >>>= bits;
    pendingBits -= bits;
    return number;
  }

  /** What is left of the byte that was begun; 0 in a well-formed file. */
  long leftOver() {
    return pending;
  }
}
