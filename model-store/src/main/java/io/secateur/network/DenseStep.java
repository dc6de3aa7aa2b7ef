package io.secateur.network;

import io.secateur.kernel.Columns;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.RowKernels;
import io.secateur.kernel.WeightRows;

/**
 * y = max(W x + b, low).
 *
 * @param bias of each row, not empty
 * @param low 0 for ReLU, else negative infinity
 */
record DenseStep(WeightRows weights, Biases bias, float low, int in, int out) implements Step {
  @Override
  public Runnable bind(Memory memory, RowKernels kernels) {
    return memory.isOfOneExample() ? ofOne(memory, kernels) : ofChunks(memory, kernels);
  }

  private Runnable ofOne(Memory memory, RowKernels kernels) {
    float[] from = memory.values(in);
    float[] to = memory.values(out);
    Plane plane = memory.plane(out);
    return () -> {
      for (int row = 0; row < weights.rows(); row++) {
        float value = kernels.dot(weights, row, from, 0) + bias.of(row);
        to[plane.placeOf(row)] = Math.max(value, low);
      }
    };
  }

  private Runnable ofChunks(Memory memory, RowKernels kernels) {
    int chunks = memory.chunks;
    int[] offsets = new int[chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      offsets[chunk] = chunk * memory.chunkStep(in);
    }
    int tileStep = chunks * Kernels.BLOCK;
    float[] tile = new float[RowKernels.ROWS * tileStep];
    Columns columns = new Columns(memory.values(in), memory.shift, offsets, tile, tileStep);
    float[] to = memory.values(out);
    Plane plane = memory.plane(out);
    int chunkStep = memory.chunkStep(out);
    return () -> {
      int rows;
      for (int row = 0; row < weights.rows(); row += rows) {
        rows = weights.together(row, RowKernels.ROWS);
        kernels.multiply(weights, row, rows, columns);
        for (int r = 0; r < rows; r++) {
          int place = plane.placeOf(row + r) << memory.shift;
          for (int chunk = 0; chunk < chunks; chunk++) {
            Blocks.bound(
                tile,
                r * tileStep + chunk * Kernels.BLOCK,
                to,
                place + chunk * chunkStep,
                bias.of(row + r),
                low);
          }
        }
      }
    };
  }
}
