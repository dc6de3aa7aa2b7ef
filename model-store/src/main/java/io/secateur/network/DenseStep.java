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
    int first = memory.start(in, 0);
    Plane plane = memory.plane(out);
    return () -> {
      for (int row = 0; row < weights.rows(); row++) {
        float value = kernels.dot(weights, row, from, first) + bias.of(row);
        to[memory.at(out, 0, plane.placeOf(row))] = Math.max(value, low);
      }
    };
  }

  private Runnable ofChunks(Memory memory, RowKernels kernels) {
    int chunks = memory.chunks;
    int[] offsets = new int[chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      offsets[chunk] = memory.start(in, chunk);
    }
    Columns columns = new Columns(memory.values(in), memory.step(in), offsets);
    return () -> {
      int rows;
      for (int row = 0; row < weights.rows(); row += rows) {
        rows = weights.together(row, RowKernels.ROWS);
        kernels.multiply(weights, row, rows, columns);
        for (int r = 0; r < rows; r++) {
          keep(memory, kernels, columns, r, row + r);
        }
      }
    };
  }

  private void keep(Memory memory, RowKernels kernels, Columns columns, int r, int row) {
    int place = memory.plane(out).placeOf(row);
    int source = columns.resultRow(r);
    float[] to = memory.values(out);
    if (memory.plane(out).isFlat()) {
      int floats = memory.chunks * Kernels.BLOCK;
      int target = memory.at(out, 0, place);
      kernels.bound(columns.result(), source, to, target, floats, bias.of(row), low);
      return;
    }
    for (int chunk = 0; chunk < memory.chunks; chunk++) {
      int target = memory.at(out, chunk, place);
      kernels.bound(columns.result(), source, to, target, Kernels.BLOCK, bias.of(row), low);
      source += Kernels.BLOCK;
    }
  }
}
