package io.secateur.kernel;

import java.util.Arrays;

/** Plain Java, for JVMs without the Vector API. */
final class PlainRows implements RowKernels {
  private static final int BLOCK = Kernels.BLOCK;

  @Override
  public int laneBits() {
    return 0;
  }

  @Override
  public void multiply(WeightRows weights, int row, int rows, Columns columns) {
    for (int r = 0; r < rows; r++) {
      for (int column = 0; column < columns.count; column++) {
        int target = columns.resultRow(r) + column * BLOCK;
        column(weights, row + r, columns, columns.base + columns.offsets[column], target);
      }
    }
  }

  private static void column(WeightRows weights, int row, Columns columns, int base, int target) {
    float[] in = columns.in;
    float[] out = columns.out;
    Arrays.fill(out, target, target + BLOCK, 0f);
    int toPlace = weights.toPlace(row);
    for (int k = weights.first(row); k < weights.end(row); k++) {
      float weight = weights.values[k];
      int from = base + weights.places[k + toPlace] * columns.step;
      for (int lane = 0; lane < BLOCK; lane++) {
        out[target + lane] += weight * in[from + lane];
      }
    }
  }

  @Override
  public float dot(WeightRows weights, int row, float[] in, int base) {
    float[] values = weights.values;
    int[] places = weights.places;
    int toPlace = weights.toPlace(row);
    int end = weights.end(row);
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int k = weights.first(row);
    for (; k + 4 <= end; k += 4) {
      sum0 += values[k] * in[base + places[k + toPlace]];
      sum1 += values[k + 1] * in[base + places[k + 1 + toPlace]];
      sum2 += values[k + 2] * in[base + places[k + 2 + toPlace]];
      sum3 += values[k + 3] * in[base + places[k + 3 + toPlace]];
    }
    for (; k < end; k++) {
      sum0 += values[k] * in[base + places[k + toPlace]];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public void bound(
      float[] from, int source, float[] to, int target, int length, float add, float low) {
    for (int i = 0; i < length; i++) {
      to[target + i] = Math.max(from[source + i] + add, low);
    }
  }

  @Override
  public void largestOfFour(
      float[] from,
      int source,
      int right,
      int below,
      float[] to,
      int target,
      int length,
      float add,
      float low) {
    for (int i = source; i < source + length; i++) {
      float upper = Math.max(from[i], from[i + right]);
      float lower = Math.max(from[i + below], from[i + below + right]);
      to[target + i - source] = Math.max(Math.max(upper, lower) + add, low);
    }
  }
}
