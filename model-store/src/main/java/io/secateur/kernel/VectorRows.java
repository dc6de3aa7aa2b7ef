package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of weights that never change. {@link SparseRow} for four, two and one columns, from a part
 * of the 16 lanes on: two chains of sums for each column, in local variables of one flat loop. And
 * for single examples a row's dot product.
 */
final class VectorRows {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
  private static final int LANES = S.length();

  private VectorRows() {}

  static void four(float[] a, SparseRow row, int part) {
    float[] values = row.values;
    int[] places = row.places;
    int step = row.step;
    int x0 = row.right0 + part;
    int x1 = row.right1 + part;
    int x2 = row.right2 + part;
    int x3 = row.right3 + part;
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    FloatVector d2 = FloatVector.zero(S);
    FloatVector d3 = FloatVector.zero(S);
    int end = row.to;
    for (int k = row.from; k < end; k += 2) {
      FloatVector f = FloatVector.broadcast(S, values[k]);
      int r = places[k] * step;
      c0 = f.fma(FloatVector.fromArray(S, a, x0 + r), c0);
      c1 = f.fma(FloatVector.fromArray(S, a, x1 + r), c1);
      c2 = f.fma(FloatVector.fromArray(S, a, x2 + r), c2);
      c3 = f.fma(FloatVector.fromArray(S, a, x3 + r), c3);
      FloatVector g = FloatVector.broadcast(S, values[k + 1]);
      int s = places[k + 1] * step;
      d0 = g.fma(FloatVector.fromArray(S, a, x0 + s), d0);
      d1 = g.fma(FloatVector.fromArray(S, a, x1 + s), d1);
      d2 = g.fma(FloatVector.fromArray(S, a, x2 + s), d2);
      d3 = g.fma(FloatVector.fromArray(S, a, x3 + s), d3);
    }
    int target = row.target + part;
    c0.add(d0).intoArray(a, target);
    c1.add(d1).intoArray(a, target + 16);
    c2.add(d2).intoArray(a, target + 32);
    c3.add(d3).intoArray(a, target + 48);
  }

  static void two(float[] a, SparseRow row, int part) {
    float[] values = row.values;
    int[] places = row.places;
    int step = row.step;
    int x0 = row.right0 + part;
    int x1 = row.right1 + part;
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    int end = row.to;
    for (int k = row.from; k < end; k += 2) {
      FloatVector f = FloatVector.broadcast(S, values[k]);
      int r = places[k] * step;
      c0 = f.fma(FloatVector.fromArray(S, a, x0 + r), c0);
      c1 = f.fma(FloatVector.fromArray(S, a, x1 + r), c1);
      FloatVector g = FloatVector.broadcast(S, values[k + 1]);
      int s = places[k + 1] * step;
      d0 = g.fma(FloatVector.fromArray(S, a, x0 + s), d0);
      d1 = g.fma(FloatVector.fromArray(S, a, x1 + s), d1);
    }
    int target = row.target + part;
    c0.add(d0).intoArray(a, target);
    c1.add(d1).intoArray(a, target + 16);
  }

  static void one(float[] a, SparseRow row, int part) {
    float[] values = row.values;
    int[] places = row.places;
    int step = row.step;
    int x0 = row.right0 + part;
    FloatVector c0 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    int end = row.to;
    for (int k = row.from; k < end; k += 2) {
      FloatVector f = FloatVector.broadcast(S, values[k]);
      int r = places[k] * step;
      c0 = f.fma(FloatVector.fromArray(S, a, x0 + r), c0);
      FloatVector g = FloatVector.broadcast(S, values[k + 1]);
      int s = places[k + 1] * step;
      d0 = g.fma(FloatVector.fromArray(S, a, x0 + s), d0);
    }
    int target = row.target + part;
    c0.add(d0).intoArray(a, target);
  }

  static float dot(float[] a, WeightRows weights, int row, int base) {
    if (weights.contiguous && weights.places.length > 0) {
      int first = weights.first(row);
      return contiguous(a, weights.values, first, weights.end(row), base + weights.places[0]);
    }
    return gathered(a, weights, row, base);
  }

  private static float contiguous(float[] a, float[] values, int first, int end, int base) {
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    FloatVector sum2 = FloatVector.zero(S);
    FloatVector sum3 = FloatVector.zero(S);
    int k = first;
    int x = base;
    for (; k + 4 * LANES <= end; k += 4 * LANES) {
      sum0 = FloatVector.fromArray(S, values, k).fma(FloatVector.fromArray(S, a, x), sum0);
      sum1 =
          FloatVector.fromArray(S, values, k + LANES)
              .fma(FloatVector.fromArray(S, a, x + LANES), sum1);
      sum2 =
          FloatVector.fromArray(S, values, k + 2 * LANES)
              .fma(FloatVector.fromArray(S, a, x + 2 * LANES), sum2);
      sum3 =
          FloatVector.fromArray(S, values, k + 3 * LANES)
              .fma(FloatVector.fromArray(S, a, x + 3 * LANES), sum3);
      x += 4 * LANES;
    }
    float tail = 0;
    for (; k < end; k++) {
      tail = Math.fma(values[k], a[x], tail);
      x++;
    }
    return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD) + tail;
  }

  private static float gathered(float[] a, WeightRows weights, int row, int base) {
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
              .fma(FloatVector.fromArray(S, a, base, places, place), sum0);
      sum1 =
          FloatVector.fromArray(S, values, k + LANES)
              .fma(FloatVector.fromArray(S, a, base, places, place + LANES), sum1);
    }
    float tail = 0;
    for (; k < end; k++) {
      tail = Math.fma(values[k], a[base + places[k + toPlace]], tail);
    }
    return sum0.add(sum1).reduceLanes(VectorOperators.ADD) + tail;
  }
}
