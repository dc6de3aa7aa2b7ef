package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Rows in vectors of the width of this process. Made by {@link KernelProvider}, by name. */
final class VectorRows implements RowKernels {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
  private static final int LANES = S.length();
  private static final int BLOCK = Kernels.BLOCK;

  @Override
  public int laneBits() {
    return S.vectorBitSize();
  }

  @Override
  public void multiply(WeightRows weights, int row, int rows, Columns columns) {
    // sixteen accumulators only where there are 32 registers
    if (rows == ROWS && LANES == BLOCK) {
      int column = 0;
      for (; column + 4 <= columns.count; column += 4) {
        VectorRowTiles.fourByFour(weights, row, columns, column);
      }
      for (; column < columns.count; column++) {
        VectorRowTiles.fourByOne(weights, row, columns, column);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      for (int part = 0; part < BLOCK; part += LANES) {
        one(weights, row, r, columns, part);
      }
    }
  }

  private static void one(WeightRows weights, int row, int r, Columns columns, int part) {
    int column = 0;
    for (; column + 8 <= columns.count; column += 8) {
      VectorRowTiles.oneByEight(weights, row, r, columns, column, part);
    }
    if (column + 4 <= columns.count) {
      VectorRowTiles.oneByFour(weights, row, r, columns, column, part);
      column += 4;
    }
    if (column + 2 <= columns.count) {
      VectorRowTiles.oneByTwo(weights, row, r, columns, column, part);
      column += 2;
    }
    if (column < columns.count) {
      VectorRowTiles.oneByOne(weights, row, r, columns, column, part);
    }
  }

  @Override
  public float dot(WeightRows weights, int row, float[] in, int base) {
    if (weights.contiguous && weights.places.length > 0) {
      return contiguous(
          weights.values, weights.first(row), weights.end(row), in, base + weights.places[0]);
    }
    return gathered(weights, row, in, base);
  }

  private static float contiguous(float[] values, int first, int end, float[] in, int base) {
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    FloatVector sum2 = FloatVector.zero(S);
    FloatVector sum3 = FloatVector.zero(S);
    int k = first;
    int x = base;
    for (; k + 4 * LANES <= end; k += 4 * LANES) {
      sum0 = FloatVector.fromArray(S, values, k).fma(FloatVector.fromArray(S, in, x), sum0);
      sum1 =
          FloatVector.fromArray(S, values, k + LANES)
              .fma(FloatVector.fromArray(S, in, x + LANES), sum1);
      sum2 =
          FloatVector.fromArray(S, values, k + 2 * LANES)
              .fma(FloatVector.fromArray(S, in, x + 2 * LANES), sum2);
      sum3 =
          FloatVector.fromArray(S, values, k + 3 * LANES)
              .fma(FloatVector.fromArray(S, in, x + 3 * LANES), sum3);
      x += 4 * LANES;
    }
    float tail = 0;
    for (; k < end; k++) {
      tail = Math.fma(values[k], in[x], tail);
      x++;
    }
    return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD) + tail;
  }

  private static float gathered(WeightRows weights, int row, float[] in, int base) {
    float[] values = weights.values;
    int[] places = weights.places;
    int toPlace = weights.toPlace(row);
    int end = weights.end(row);
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    int k = weights.first(row);
    for (; k + 2 * LANES <= end; k += 2 * LANES) {
      int place = k + toPlace;
      sum0 =
          FloatVector.fromArray(S, values, k)
              .fma(FloatVector.fromArray(S, in, base, places, place), sum0);
      sum1 =
          FloatVector.fromArray(S, values, k + LANES)
              .fma(FloatVector.fromArray(S, in, base, places, place + LANES), sum1);
    }
    float tail = 0;
    for (; k < end; k++) {
      tail = Math.fma(values[k], in[base + places[k + toPlace]], tail);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD) + tail;
  }

  @Override
  public void bound(
      float[] from, int source, float[] to, int target, int length, float add, float low) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(S, from, source + i).add(add).max(low).intoArray(to, target + i);
    }
    for (; i < length; i++) {
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
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      int at = source + i;
      FloatVector upper =
          FloatVector.fromArray(S, from, at).max(FloatVector.fromArray(S, from, at + right));
      FloatVector lower =
          FloatVector.fromArray(S, from, at + below)
              .max(FloatVector.fromArray(S, from, at + below + right));
      upper.max(lower).add(add).max(low).intoArray(to, target + i);
    }
    for (; i < length; i++) {
      int at = source + i;
      float upper = Math.max(from[at], from[at + right]);
      float lower = Math.max(from[at + below], from[at + below + right]);
      to[target + i] = Math.max(Math.max(upper, lower) + add, low);
    }
  }
}
