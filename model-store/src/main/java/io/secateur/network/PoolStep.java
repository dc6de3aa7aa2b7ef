package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import java.util.Arrays;

/** The maximum of each window, by channel; what is outside of the image does not count. */
record PoolStep(Window window, int in, int out) implements Step {
  @Override
  public Layer bind(Memory memory, Kernels kernels) {
    Plane to = memory.plane(out);
    return arena -> {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int channel = 0; channel < to.channels; channel++) {
          for (int y = 0; y < to.height; y++) {
            for (int x = 0; x < to.width; x++) {
              keepLargest(arena, memory, chunk, channel, y, x);
            }
          }
        }
      }
    };
  }

  private void keepLargest(
      float[] arena, Memory memory, int chunk, int channel, int outY, int outX) {
    Plane from = memory.plane(in);
    int lanes = memory.lanes();
    int to = memory.at(out, chunk, memory.plane(out).place(channel, outY, outX));
    int top = outY * window.strideHeight() - window.paddingHeight();
    int left = outX * window.strideWidth() - window.paddingWidth();
    int bottom = Math.min(from.height, top + window.kernelHeight());
    int right = Math.min(from.width, left + window.kernelWidth());
    Arrays.fill(arena, to, to + lanes, Float.NEGATIVE_INFINITY);
    for (int y = Math.max(0, top); y < bottom; y++) {
      for (int x = Math.max(0, left); x < right; x++) {
        int at = memory.at(in, chunk, from.place(channel, y, x));
        for (int lane = 0; lane < lanes; lane++) {
          arena[to + lane] = Math.max(arena[to + lane], arena[at + lane]);
        }
      }
    }
  }
}
