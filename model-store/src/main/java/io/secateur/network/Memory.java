package io.secateur.network;

import io.secateur.kernel.Kernels;
import java.util.List;

/**
 * The values that one thread computes with, for one example ({@code shift} 0) or for chunks of 16
 * examples side by side ({@code shift} 4): value p of a plane is at {@code chunk * chunkStep + (p
 * << shift) + lane}.
 */
final class Memory {
  /** Columns are read 16 floats at a time: the last ones reach so far beyond the last place. */
  private static final int SLACK = Kernels.BLOCK;

  final int shift;
  final int chunks;
  private final List<Plane> planes;
  private final float[][] values;

  private Memory(List<Plane> planes, int shift, int chunks) {
    this.planes = planes;
    this.shift = shift;
    this.chunks = chunks;
    this.values = new float[planes.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[Math.addExact(Math.multiplyExact(chunks, chunkStep(i)), SLACK)];
    }
  }

  static Memory ofOneExample(List<Plane> planes) {
    return new Memory(planes, 0, 1);
  }

  static Memory ofChunks(List<Plane> planes, int chunks) {
    return new Memory(planes, 4, chunks);
  }

  boolean isOfOneExample() {
    return shift == 0;
  }

  float[] values(int slot) {
    return values[slot];
  }

  Plane plane(int slot) {
    return planes.get(slot);
  }

  /** Floats from a chunk of a slot to the next. */
  int chunkStep(int slot) {
    return Math.multiplyExact(planes.get(slot).length(), 1 << shift);
  }

  /** Examples side by side. */
  int lanes() {
    return 1 << shift;
  }
}
