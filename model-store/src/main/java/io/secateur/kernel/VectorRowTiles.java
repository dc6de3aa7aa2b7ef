package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows by columns, from a column and a part of the 16 lanes on. Every accumulator is a local
 * variable of one flat loop, as in {@link VectorTiles}.
 */
final class VectorRowTiles {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
  private static final int BLOCK = Kernels.BLOCK;

  private VectorRowTiles() {}

  static void fourByFour(WeightRows weights, int row, Columns c, int column) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int base = c.base;
    int x0 = base + c.offsets[column];
    int x1 = base + c.offsets[column + 1];
    int x2 = base + c.offsets[column + 2];
    int x3 = base + c.offsets[column + 3];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s33 = FloatVector.zero(S);
    int taps = places.length;
    int w0 = weights.first(row);
    int w1 = w0 + taps;
    int w2 = w1 + taps;
    int w3 = w2 + taps;
    for (int k = 0; k < taps; k++) {
      int at = places[k] * step;
      FloatVector v0 = FloatVector.fromArray(S, in, x0 + at);
      FloatVector v1 = FloatVector.fromArray(S, in, x1 + at);
      FloatVector v2 = FloatVector.fromArray(S, in, x2 + at);
      FloatVector v3 = FloatVector.fromArray(S, in, x3 + at);
      FloatVector f0 = FloatVector.broadcast(S, values[w0 + k]);
      s00 = f0.fma(v0, s00);
      s01 = f0.fma(v1, s01);
      s02 = f0.fma(v2, s02);
      s03 = f0.fma(v3, s03);
      FloatVector f1 = FloatVector.broadcast(S, values[w1 + k]);
      s10 = f1.fma(v0, s10);
      s11 = f1.fma(v1, s11);
      s12 = f1.fma(v2, s12);
      s13 = f1.fma(v3, s13);
      FloatVector f2 = FloatVector.broadcast(S, values[w2 + k]);
      s20 = f2.fma(v0, s20);
      s21 = f2.fma(v1, s21);
      s22 = f2.fma(v2, s22);
      s23 = f2.fma(v3, s23);
      FloatVector f3 = FloatVector.broadcast(S, values[w3 + k]);
      s30 = f3.fma(v0, s30);
      s31 = f3.fma(v1, s31);
      s32 = f3.fma(v2, s32);
      s33 = f3.fma(v3, s33);
    }
    float[] out = c.out;
    int target = c.resultRow(0) + column * BLOCK;
    int below = c.outStep;
    s00.intoArray(out, target);
    s01.intoArray(out, target + BLOCK);
    s02.intoArray(out, target + 2 * BLOCK);
    s03.intoArray(out, target + 3 * BLOCK);
    s10.intoArray(out, target + below);
    s11.intoArray(out, target + below + BLOCK);
    s12.intoArray(out, target + below + 2 * BLOCK);
    s13.intoArray(out, target + below + 3 * BLOCK);
    s20.intoArray(out, target + 2 * below);
    s21.intoArray(out, target + 2 * below + BLOCK);
    s22.intoArray(out, target + 2 * below + 2 * BLOCK);
    s23.intoArray(out, target + 2 * below + 3 * BLOCK);
    s30.intoArray(out, target + 3 * below);
    s31.intoArray(out, target + 3 * below + BLOCK);
    s32.intoArray(out, target + 3 * below + 2 * BLOCK);
    s33.intoArray(out, target + 3 * below + 3 * BLOCK);
  }

  static void fourByOne(WeightRows weights, int row, Columns c, int column) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int x0 = c.base + c.offsets[column];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    int taps = places.length;
    int w0 = weights.first(row);
    int w1 = w0 + taps;
    int w2 = w1 + taps;
    int w3 = w2 + taps;
    for (int k = 0; k < taps; k++) {
      int at = places[k] * step;
      FloatVector v0 = FloatVector.fromArray(S, in, x0 + at);
      FloatVector f0 = FloatVector.broadcast(S, values[w0 + k]);
      s00 = f0.fma(v0, s00);
      FloatVector f1 = FloatVector.broadcast(S, values[w1 + k]);
      s10 = f1.fma(v0, s10);
      FloatVector f2 = FloatVector.broadcast(S, values[w2 + k]);
      s20 = f2.fma(v0, s20);
      FloatVector f3 = FloatVector.broadcast(S, values[w3 + k]);
      s30 = f3.fma(v0, s30);
    }
    float[] out = c.out;
    int target = c.resultRow(0) + column * BLOCK;
    int below = c.outStep;
    s00.intoArray(out, target);
    s10.intoArray(out, target + below);
    s20.intoArray(out, target + 2 * below);
    s30.intoArray(out, target + 3 * below);
  }

  static void oneByEight(WeightRows weights, int row, int r, Columns c, int column, int part) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int base = c.base + part;
    int x0 = base + c.offsets[column];
    int x1 = base + c.offsets[column + 1];
    int x2 = base + c.offsets[column + 2];
    int x3 = base + c.offsets[column + 3];
    int x4 = base + c.offsets[column + 4];
    int x5 = base + c.offsets[column + 5];
    int x6 = base + c.offsets[column + 6];
    int x7 = base + c.offsets[column + 7];
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    int toPlace = weights.toPlace(row + r);
    int end = weights.end(row + r);
    for (int k = weights.first(row + r); k < end; k++) {
      int at = places[k + toPlace] * step;
      FloatVector w = FloatVector.broadcast(S, values[k]);
      s0 = w.fma(FloatVector.fromArray(S, in, x0 + at), s0);
      s1 = w.fma(FloatVector.fromArray(S, in, x1 + at), s1);
      s2 = w.fma(FloatVector.fromArray(S, in, x2 + at), s2);
      s3 = w.fma(FloatVector.fromArray(S, in, x3 + at), s3);
      s4 = w.fma(FloatVector.fromArray(S, in, x4 + at), s4);
      s5 = w.fma(FloatVector.fromArray(S, in, x5 + at), s5);
      s6 = w.fma(FloatVector.fromArray(S, in, x6 + at), s6);
      s7 = w.fma(FloatVector.fromArray(S, in, x7 + at), s7);
    }
    int target = c.resultRow(r) + column * BLOCK + part;
    s0.intoArray(c.out, target);
    s1.intoArray(c.out, target + 1 * BLOCK);
    s2.intoArray(c.out, target + 2 * BLOCK);
    s3.intoArray(c.out, target + 3 * BLOCK);
    s4.intoArray(c.out, target + 4 * BLOCK);
    s5.intoArray(c.out, target + 5 * BLOCK);
    s6.intoArray(c.out, target + 6 * BLOCK);
    s7.intoArray(c.out, target + 7 * BLOCK);
  }

  static void oneByFour(WeightRows weights, int row, int r, Columns c, int column, int part) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int base = c.base + part;
    int x0 = base + c.offsets[column];
    int x1 = base + c.offsets[column + 1];
    int x2 = base + c.offsets[column + 2];
    int x3 = base + c.offsets[column + 3];
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int toPlace = weights.toPlace(row + r);
    int end = weights.end(row + r);
    for (int k = weights.first(row + r); k < end; k++) {
      int at = places[k + toPlace] * step;
      FloatVector w = FloatVector.broadcast(S, values[k]);
      s0 = w.fma(FloatVector.fromArray(S, in, x0 + at), s0);
      s1 = w.fma(FloatVector.fromArray(S, in, x1 + at), s1);
      s2 = w.fma(FloatVector.fromArray(S, in, x2 + at), s2);
      s3 = w.fma(FloatVector.fromArray(S, in, x3 + at), s3);
    }
    int target = c.resultRow(r) + column * BLOCK + part;
    s0.intoArray(c.out, target);
    s1.intoArray(c.out, target + 1 * BLOCK);
    s2.intoArray(c.out, target + 2 * BLOCK);
    s3.intoArray(c.out, target + 3 * BLOCK);
  }

  static void oneByTwo(WeightRows weights, int row, int r, Columns c, int column, int part) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int base = c.base + part;
    int x0 = base + c.offsets[column];
    int x1 = base + c.offsets[column + 1];
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    int toPlace = weights.toPlace(row + r);
    int end = weights.end(row + r);
    for (int k = weights.first(row + r); k < end; k++) {
      int at = places[k + toPlace] * step;
      FloatVector w = FloatVector.broadcast(S, values[k]);
      s0 = w.fma(FloatVector.fromArray(S, in, x0 + at), s0);
      s1 = w.fma(FloatVector.fromArray(S, in, x1 + at), s1);
    }
    int target = c.resultRow(r) + column * BLOCK + part;
    s0.intoArray(c.out, target);
    s1.intoArray(c.out, target + 1 * BLOCK);
  }

  static void oneByOne(WeightRows weights, int row, int r, Columns c, int column, int part) {
    float[] values = weights.values;
    int[] places = weights.places;
    float[] in = c.in;
    int step = c.step;
    int base = c.base + part;
    int x0 = base + c.offsets[column];
    FloatVector s0 = FloatVector.zero(S);
    int toPlace = weights.toPlace(row + r);
    int end = weights.end(row + r);
    for (int k = weights.first(row + r); k < end; k++) {
      int at = places[k + toPlace] * step;
      FloatVector w = FloatVector.broadcast(S, values[k]);
      s0 = w.fma(FloatVector.fromArray(S, in, x0 + at), s0);
    }
    int target = c.resultRow(r) + column * BLOCK + part;
    s0.intoArray(c.out, target);
  }
}
