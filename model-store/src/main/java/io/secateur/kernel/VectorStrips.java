package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels: {@link Product} for so many rows by so many columns, from a row and a part of
 * the 16 lanes on. Every accumulator is a local variable of one flat loop: carried through a method
 * or a nested loop they would be boxed. One or two columns, for what four leave over.
 */
final class VectorStrips {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;

  private VectorStrips() {}

  static void fiveByTwo(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int w0 = p.left + row * p.leftStep;
    int w1 = w0 + p.leftStep;
    int w2 = w1 + p.leftStep;
    int w3 = w2 + p.leftStep;
    int w4 = w3 + p.leftStep;
    int step = p.startStep;
    int aside = p.startColumnStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c01 = FloatVector.fromArray(S, a, start + aside);
    FloatVector c10 = FloatVector.fromArray(S, a, start + step);
    FloatVector c11 = FloatVector.fromArray(S, a, start + step + aside);
    FloatVector c20 = FloatVector.fromArray(S, a, start + 2 * step);
    FloatVector c21 = FloatVector.fromArray(S, a, start + 2 * step + aside);
    FloatVector c30 = FloatVector.fromArray(S, a, start + 3 * step);
    FloatVector c31 = FloatVector.fromArray(S, a, start + 3 * step + aside);
    FloatVector c40 = FloatVector.fromArray(S, a, start + 4 * step);
    FloatVector c41 = FloatVector.fromArray(S, a, start + 4 * step + aside);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      FloatVector v1 = FloatVector.fromArray(S, a, x1 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      c01 = f0.fma(v1, c01);
      FloatVector f1 = FloatVector.broadcast(S, w[w1 + left]);
      c10 = f1.fma(v0, c10);
      c11 = f1.fma(v1, c11);
      FloatVector f2 = FloatVector.broadcast(S, w[w2 + left]);
      c20 = f2.fma(v0, c20);
      c21 = f2.fma(v1, c21);
      FloatVector f3 = FloatVector.broadcast(S, w[w3 + left]);
      c30 = f3.fma(v0, c30);
      c31 = f3.fma(v1, c31);
      FloatVector f4 = FloatVector.broadcast(S, w[w4 + left]);
      c40 = f4.fma(v0, c40);
      c41 = f4.fma(v1, c41);
    }
    int below = p.targetStep;
    c00.intoArray(a, target);
    c01.intoArray(a, target + 16);
    c10.intoArray(a, target + below);
    c11.intoArray(a, target + below + 16);
    c20.intoArray(a, target + 2 * below);
    c21.intoArray(a, target + 2 * below + 16);
    c30.intoArray(a, target + 3 * below);
    c31.intoArray(a, target + 3 * below + 16);
    c40.intoArray(a, target + 4 * below);
    c41.intoArray(a, target + 4 * below + 16);
  }

  static void oneByTwo(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int w0 = p.left + row * p.leftStep;
    int aside = p.startColumnStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c01 = FloatVector.fromArray(S, a, start + aside);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      FloatVector v1 = FloatVector.fromArray(S, a, x1 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      c01 = f0.fma(v1, c01);
    }
    c00.intoArray(a, target);
    c01.intoArray(a, target + 16);
  }

  static void fiveByOne(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int w0 = p.left + row * p.leftStep;
    int w1 = w0 + p.leftStep;
    int w2 = w1 + p.leftStep;
    int w3 = w2 + p.leftStep;
    int w4 = w3 + p.leftStep;
    int step = p.startStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c10 = FloatVector.fromArray(S, a, start + step);
    FloatVector c20 = FloatVector.fromArray(S, a, start + 2 * step);
    FloatVector c30 = FloatVector.fromArray(S, a, start + 3 * step);
    FloatVector c40 = FloatVector.fromArray(S, a, start + 4 * step);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      FloatVector f1 = FloatVector.broadcast(S, w[w1 + left]);
      c10 = f1.fma(v0, c10);
      FloatVector f2 = FloatVector.broadcast(S, w[w2 + left]);
      c20 = f2.fma(v0, c20);
      FloatVector f3 = FloatVector.broadcast(S, w[w3 + left]);
      c30 = f3.fma(v0, c30);
      FloatVector f4 = FloatVector.broadcast(S, w[w4 + left]);
      c40 = f4.fma(v0, c40);
    }
    int below = p.targetStep;
    c00.intoArray(a, target);
    c10.intoArray(a, target + below);
    c20.intoArray(a, target + 2 * below);
    c30.intoArray(a, target + 3 * below);
    c40.intoArray(a, target + 4 * below);
  }

  static void oneByOne(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int w0 = p.left + row * p.leftStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
    }
    c00.intoArray(a, target);
  }
}
