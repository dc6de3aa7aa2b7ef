package io.secateur.network;

import io.secateur.kernel.RowKernels;
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
  public Runnable bind(Memory memory, RowKernels kernels) {
    Plane to = memory.plane(out);
    return () -> {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int channel = 0; channel < to.channels; channel++) {
          for (int y = 0; y < to.height; y++) {
            row(memory, chunk, channel, y);
          }
        }
      }
    };
  }

  private void row(Memory memory, int chunk, int channel, int y) {
    float[] target = memory.values(out);
    Plane plane = memory.plane(out);
    int floats = plane.width << memory.shift;
    int to = at(memory, out, chunk, channel, y);
    float times = scale.of(channel);
    float plus = shift.of(channel);
    int from = at(memory, in.get(0), chunk, channel, y);
    System.arraycopy(memory.values(in.get(0)), from, target, to, floats);
    for (int i = 1; i < in.size(); i++) {
      add(memory.values(in.get(i)), at(memory, in.get(i), chunk, channel, y), target, to, floats);
    }
    for (int i = to; i < to + floats; i++) {
      target[i] = Math.max(target[i] * times + plus, low);
    }
  }

  private static int at(Memory memory, int slot, int chunk, int channel, int y) {
    int place = memory.plane(slot).place(channel, y, 0);
    return chunk * memory.chunkStep(slot) + (place << memory.shift);
  }

  private static void add(float[] source, int from, float[] target, int to, int floats) {
    for (int i = 0; i < floats; i++) {
      target[to + i] += source[from + i];
    }
  }
}
