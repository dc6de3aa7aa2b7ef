package io.secateur.encoding;

import java.nio.ByteBuffer;

/** Packs small numbers into bytes, lowest bit first; the bits left over at the end are zero. */
final class BitWriter {
  private final ByteBuffer out;
  private long pending;
  private int pendingBits;

  BitWriter(ByteBuffer out) {
    this.out = out;
  }

  /** Appends the lowest {@code bits}, at most 32, of {@code number}, whose others are zero. */
  void write(int number, int bits) {
    pending |= (long) number << pendingBits;
    for (pendingBits += bits; pendingBits >= Byte.SIZE; pendingBits -= Byte.SIZE) {
      out.put((byte) pending);
      pending >>>= Byte.SIZE;
    }
  }

  /** Writes the last, partial byte, if there is one. */
  void finish() {
    if (pendingBits > 0) {
      out.put((byte) pending);
    }
  }
}
