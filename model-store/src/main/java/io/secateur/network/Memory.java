package io.secateur.network;

import io.secateur.kernel.Arena;
import io.secateur.kernel.Kernels;
import java.util.List;

/**
 * The values that one thread computes with: of one example, place after place, or of chunks of 16
 * examples side by side. A chunk's images are apart from those of the next, so that a convolution's
 * windows stay in the L1 cache; of flat values all chunks of a place lie side by side, as a dense
 * layer reads them.
 */
final class Memory {
  final int chunks;
  private final List<Plane> planes;
  private final int lanes;
  private final Arena arena = new Arena();
  private final int[] firsts;

  private Memory(List<Plane> planes, int lanes, int chunks) {
    this.planes = planes;
    this.lanes = lanes;
    this.chunks = chunks;
    this.firsts = new int[planes.size()];
    for (int slot = 0; slot < firsts.length; slot++) {
      long floats = (long) planes.get(slot).length() * lanes * chunks;
      // columns are read 16 floats at a time: the last ones reach beyond the last place
      firsts[slot] = arena.reserve(Math.toIntExact(floats + Kernels.BLOCK));
    }
  }

  static Memory ofOneExample(List<Plane> planes) {
    return new Memory(planes, 1, 1);
  }

  static Memory ofChunks(List<Plane> planes, int chunks) {
    return new Memory(planes, Kernels.BLOCK, chunks);
  }

  boolean isOfOneExample() {
    return lanes == 1;
  }

  /** Examples side by side: 1 or 16. */
  int lanes() {
    return lanes;
  }

  /** Of all values, and of what the steps reserve. */
  Arena arena() {
    return arena;
  }

  Plane plane(int slot) {
    return planes.get(slot);
  }

  /** Floats from a place to the next. */
  int step(int slot) {
    return planes.get(slot).isFlat() ? lanes * chunks : lanes;
  }

  /** Floats from a chunk to the next. */
  int chunkStep(int slot) {
    return planes.get(slot).isFlat() ? lanes : lanes * planes.get(slot).length();
  }

  /** The first float of place 0 of a chunk. */
  int start(int slot, int chunk) {
    return firsts[slot] + chunk * chunkStep(slot);
  }

  /** The first float of a place in a chunk. */
  int at(int slot, int chunk, int place) {
    return start(slot, chunk) + place * step(slot);
  }
}
