package io.secateur.kernel;

import java.util.Arrays;

/** The maximum of any window, and the way back; the first of equal ones wins. */
public final class MaxPool implements Layer {
  private final Filter filter;
  private final Activations in;
  private final Activations out;
  private final Activations places;

  /** In and out may be images or flat. */
  public MaxPool(Arena arena, Filter filter, Activations in, Activations out) {
    this.filter = filter;
    this.in = in;
    this.out = out;
    this.places = out.another(arena);
  }

  @Override
  public void forward(float[] arena) {
    for (int chunk = 0; chunk < out.chunks(); chunk++) {
      for (int channel = 0; channel < out.channels(); channel++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            window(arena, chunk, channel, y, x);
          }
        }
      }
    }
  }

  private void window(float[] a, int chunk, int channel, int outY, int outX) {
    int target = out.at(chunk, channel, outY, outX);
    int place = places.at(chunk, channel, outY, outX);
    int top = outY * filter.strideHeight() - filter.paddingHeight();
    int left = outX * filter.strideWidth() - filter.paddingWidth();
    boolean first = true;
    for (int tap = 0; tap < filter.taps(); tap++) {
      int y = top + tap / filter.width();
      int x = left + tap % filter.width();
      if (!isInside(y, x)) {
        continue;
      }
      int from = in.at(chunk, channel, y, x);
      for (int lane = 0; lane < Kernels.BLOCK; lane++) {
        float value = a[from + lane];
        if (first || value > a[target + lane]) {
          a[target + lane] = value;
          a[place + lane] = tap;
        }
      }
      first = false;
    }
  }

  private boolean isInside(int y, int x) {
    return y >= 0 && y < in.height() && x >= 0 && x < in.width();
  }

  /** The way back: each gradient goes to the value that was the largest. */
  public Backward backward(Activations outGradient, Activations inGradient) {
    return (arena, scale, rule) -> {
      int from = inGradient.first();
      Arrays.fill(arena, from, from + inGradient.length(), 0f);
      for (int chunk = 0; chunk < out.chunks(); chunk++) {
        for (int channel = 0; channel < out.channels(); channel++) {
          for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
              int source = outGradient.at(chunk, channel, y, x);
              int place = places.at(chunk, channel, y, x);
              int top = y * filter.strideHeight() - filter.paddingHeight();
              int left = x * filter.strideWidth() - filter.paddingWidth();
              for (int lane = 0; lane < Kernels.BLOCK; lane++) {
                int tap = (int) arena[place + lane];
                int pixelY = top + tap / filter.width();
                int pixelX = left + tap % filter.width();
                arena[inGradient.at(chunk, channel, pixelY, pixelX) + lane] += arena[source + lane];
              }
            }
          }
        }
      }
    };
  }
}
