package io.secateur.network;

import io.secateur.kernel.Kernels;

/** Loops over 16 floats that the compiler turns into vectors by itself. */
final class Blocks {
  private Blocks() {}

  /** target = max(source + add, low). */
  static void bound(float[] source, int from, float[] target, int to, float add, float low) {
    for (int lane = 0; lane < Kernels.BLOCK; lane++) {
      target[to + lane] = Math.max(source[from + lane] + add, low);
    }
  }

  /** target = max(target, source). */
  static void largest(float[] source, int from, float[] target, int to) {
    for (int lane = 0; lane < Kernels.BLOCK; lane++) {
      target[to + lane] = Math.max(target[to + lane], source[from + lane]);
    }
  }
}
