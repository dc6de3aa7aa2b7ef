package io.secateur.prune;

/** Single bits of a mask's bytes, lowest bit first: what the loops here work on. */
final class Bitmaps {
  private Bitmaps() {}

  static boolean get(byte[] bitmap, int index) {
    return (bitmap[index >>> 3] >>> (index & 7) & 1) != 0;
  }

  static void clear(byte[] bitmap, int index) {
    bitmap[index >>> 3] &= (byte) ~(1 << (index & 7));
  }
}
