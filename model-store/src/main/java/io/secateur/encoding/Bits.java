package io.secateur.encoding;

/** Arithmetic in place of branches. */
final class Bits {
  private Bits() {}

  /** 1 where a bit is set, else 0: a number or its negative has the sign bit unless it is 0. */
  static int nonZero(int bits) {
    return (bits | -bits) >>> 31;
  }
}
