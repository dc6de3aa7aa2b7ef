package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import io.secateur.kernel.RowProduct;
import io.secateur.kernel.WeightRows;

/**
 * A convolution, with the ReLU and the halving pool behind it, without im2col: a weight's place is
 * its offset from the first pixel of a window, a column is 16 windows. Of one example these are 16
 * neighbouring pixels, those of the border and between strides included and then left out; of
 * chunks it is one window in 16 examples. It goes over strips of the map that stay in the L1 cache,
 * all channels of one before the next.
 *
 * @param low 0 for ReLU, else negative infinity
 * @param groups output channels of a group read the input channels of the same group
 * @param mapHeight of the map before the pool
 * @param mapWidth of the map before the pool
 * @param pooled whether the largest of 2 x 2 values is kept
 */
record ConvolutionStep(
    WeightRows weights,
    Biases bias,
    float low,
    Window window,
    int groups,
    int mapHeight,
    int mapWidth,
    boolean pooled,
    int in,
    int out)
    implements Step {
  private static final int STRIP_FLOATS = 4096;

  @Override
  public Layer bind(Memory memory, Kernels kernels) {
    return new Bound(memory, kernels);
  }

  private final class Bound implements Layer {
    private final Memory memory;
    private final Kernels kernels;
    private final Plane from;
    private final Plane to;
    private final int tileRow;
    private final int tilePixel;
    private final int stripRows;
    private final RowProduct product;

    Bound(Memory memory, Kernels kernels) {
      this.memory = memory;
      this.kernels = kernels;
      this.from = memory.plane(in);
      this.to = memory.plane(out);
      boolean one = memory.isOfOneExample();
      // whole rows of one example follow each other when none is skipped
      boolean flat = one && window.strideHeight() == 1;
      int span = (mapWidth - 1) * window.strideWidth() + 1;
      this.tileRow = !one ? mapWidth * Kernels.BLOCK : flat ? from.rowStep : padded(span);
      this.tilePixel = one ? window.strideWidth() : Kernels.BLOCK;
      int fitting = Math.max(1, STRIP_FLOATS / tileRow);
      this.stripRows = Math.min(mapHeight, pooled ? Math.max(2, fitting / 2 * 2) : fitting);
      int[] offsets = one ? blocksOfOne(flat) : windows();
      this.product = new RowProduct(kernels, memory.arena(), weights, memory.step(in), offsets);
    }

    private int[] blocksOfOne(boolean flat) {
      if (flat) {
        int[] offsets = new int[blocksOf(stripRows)];
        for (int i = 0; i < offsets.length; i++) {
          offsets[i] = i * Kernels.BLOCK;
        }
        return offsets;
      }
      int[] offsets = new int[blocksOf(stripRows)];
      int inRow = tileRow / Kernels.BLOCK;
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = i / inRow * window.strideHeight() * from.rowStep + i % inRow * Kernels.BLOCK;
      }
      return offsets;
    }

    private int[] windows() {
      int[] offsets = new int[stripRows * mapWidth];
      for (int i = 0; i < offsets.length; i++) {
        int y = i / mapWidth;
        int x = i % mapWidth;
        int place = y * window.strideHeight() * from.rowStep + x * window.strideWidth();
        offsets[i] = place * memory.step(in);
      }
      return offsets;
    }

    /** Columns of the first rows of a strip. */
    private int blocksOf(int rows) {
      int floats = (rows - 1) * tileRow + (mapWidth - 1) * tilePixel + 1;
      return (floats + Kernels.BLOCK - 1) / Kernels.BLOCK;
    }

    @Override
    public void forward(float[] arena) {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int y = 0; y < mapHeight; y += stripRows) {
          strip(arena, chunk, y, Math.min(stripRows, mapHeight - y));
        }
      }
    }

    private void strip(float[] arena, int chunk, int firstRow, int mapRows) {
      int outputs = weights.rows();
      int inGroup = outputs / groups;
      int first =
          from.place(
              0, firstRow * window.strideHeight() - window.paddingHeight(), -window.paddingWidth());
      int base = memory.at(in, chunk, first);
      int groupStep = from.channels / groups * from.channelStep * memory.step(in);
      int count = blocksOf(mapRows);
      int rows;
      for (int output = 0; output < outputs; output += rows) {
        int group = output / inGroup;
        int atMost = Math.min(Kernels.ROWS, (group + 1) * inGroup - output);
        rows = weights.together(output, atMost);
        product.multiply(arena, output, rows, base + group * groupStep, count);
        for (int row = 0; row < rows; row++) {
          keep(arena, chunk, output + row, product.result(row), firstRow, mapRows);
        }
      }
    }

    private void keep(
        float[] arena, int chunk, int channel, int source, int firstRow, int mapRows) {
      int halving = pooled ? 1 : 0;
      for (int y = 0; y < mapRows >> halving; y++) {
        int at = memory.at(out, chunk, to.place(channel, (firstRow >> halving) + y, 0));
        int row = source + (y << halving) * tileRow;
        if (memory.isOfOneExample()) {
          keepPixels(arena, row, at, bias.of(channel));
        } else {
          keepBlocks(arena, row, at, bias.of(channel));
        }
      }
    }

    /** Where every second pixel is kept, all are computed and then picked. */
    private void keepPixels(float[] arena, int row, int at, float add) {
      int step = tilePixel;
      if (!pooled && step == 1) {
        kernels.biasAndBound(arena, row, at, mapWidth, add, low);
        return;
      }
      int span = (mapWidth - 1) * step + 1;
      if (pooled) {
        kernels.largestOfWindows(arena, row, step, tileRow, row, span - step, add, low);
        step *= 2;
      } else {
        kernels.biasAndBound(arena, row, row, span, add, low);
      }
      for (int x = 0; x < to.width; x++) {
        arena[at + x] = arena[row + x * step];
      }
    }

    private void keepBlocks(float[] arena, int row, int at, float add) {
      int step = memory.step(out);
      if (pooled) {
        for (int x = 0; x < to.width; x++) {
          int source = row + 2 * x * Kernels.BLOCK;
          kernels.largestOfWindows(
              arena, source, Kernels.BLOCK, tileRow, at + x * step, Kernels.BLOCK, add, low);
        }
        return;
      }
      for (int x = 0; x < mapWidth; x++) {
        kernels.biasAndBound(
            arena, row + x * Kernels.BLOCK, at + x * step, Kernels.BLOCK, add, low);
      }
    }
  }

  private static int padded(int floats) {
    return (floats + Kernels.BLOCK - 1) / Kernels.BLOCK * Kernels.BLOCK;
  }
}
