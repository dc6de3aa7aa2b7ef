package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import java.util.List;

/**
 * What treats every pixel alike: y = max(scale (sum of the inputs) + shift, low), scale and shift
 * by channel. ReLU, sums and batch normalisation are cases of it.
 *
 * @param low 0 for ReLU, else negative infinity
 * @param in one slot or more
 */
record ElementStep(Biases scale, Biases shift, float low, List<Integer> in, int out)
    implements Step {
  @Override
  public Layer bind(Memory memory, Kernels kernels) {
    Plane to = memory.plane(out);
    return arena -> {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int channel = 0; channel < to.channels; channel++) {
          for (int y = 0; y < to.height; y++) {
            row(arena, memory, chunk, channel, y);
          }
        }
      }
    };
  }

  private void row(float[] arena, Memory memory, int chunk, int channel, int y) {
    Plane to = memory.plane(out);
    float times = scale.of(channel);
    float plus = shift.of(channel);
    int lanes = memory.lanes();
    for (int x = 0; x < to.width; x++) {
      int at = memory.at(out, chunk, to.place(channel, y, x));
      for (int lane = 0; lane < lanes; lane++) {
        arena[at + lane] = 0;
      }
      for (int slot : in) {
        int from = memory.at(slot, chunk, memory.plane(slot).place(channel, y, x));
        for (int lane = 0; lane < lanes; lane++) {
          arena[at + lane] += arena[from + lane];
        }
      }
      for (int lane = 0; lane < lanes; lane++) {
        arena[at + lane] = Math.max(arena[at + lane] * times + plus, low);
      }
    }
  }
}
