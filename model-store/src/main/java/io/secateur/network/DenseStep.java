package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import io.secateur.kernel.RowProduct;
import io.secateur.kernel.WeightRows;

/**
 * y = max(W x + b, low).
 *
 * @param bias of each row, not empty
 * @param low 0 for ReLU, else negative infinity
 */
record DenseStep(WeightRows weights, Biases bias, float low, int in, int out) implements Step {
  @Override
  public Layer bind(Memory memory, Kernels kernels) {
    return memory.isOfOneExample() ? ofOne(memory, kernels) : ofChunks(memory, kernels);
  }

  private Layer ofOne(Memory memory, Kernels kernels) {
    int first = memory.start(in, 0);
    Plane plane = memory.plane(out);
    return arena -> {
      for (int row = 0; row < weights.rows(); row++) {
        float value = kernels.dot(arena, weights, row, first) + bias.of(row);
        arena[memory.at(out, 0, plane.placeOf(row))] = Math.max(value, low);
      }
    };
  }

  private Layer ofChunks(Memory memory, Kernels kernels) {
    int chunks = memory.chunks;
    int base = memory.start(in, 0);
    int[] offsets = new int[chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      offsets[chunk] = memory.start(in, chunk) - base;
    }
    RowProduct product = new RowProduct(kernels, memory.arena(), weights, memory.step(in), offsets);
    return arena -> {
      int rows;
      for (int row = 0; row < weights.rows(); row += rows) {
        rows = weights.together(row, Kernels.ROWS);
        product.multiply(arena, row, rows, base, chunks);
        for (int r = 0; r < rows; r++) {
          keep(arena, memory, kernels, product.result(r), row + r);
        }
      }
    };
  }

  private void keep(float[] arena, Memory memory, Kernels kernels, int source, int row) {
    int place = memory.plane(out).placeOf(row);
    // all chunks of a flat value lie side by side, those of images apart
    boolean together = memory.plane(out).isFlat();
    int floats = together ? memory.chunks * Kernels.BLOCK : Kernels.BLOCK;
    for (int done = 0; done < memory.chunks * Kernels.BLOCK; done += floats) {
      int target = memory.at(out, done / Kernels.BLOCK, place);
      kernels.biasAndBound(arena, source + done, target, floats, bias.of(row), low);
    }
  }
}
