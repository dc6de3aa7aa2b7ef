package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels: {@link Product} for so many rows by so many columns, from a row and a part of
 * the 16 lanes on. Every accumulator is a local variable of one flat loop: carried through a method
 * or a nested loop they would be boxed. Four columns: 20 accumulators where there are 32 vector
 * registers, 12 where there are 16.
 */
final class VectorTiles {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;

  private VectorTiles() {}

  static void fiveByFour(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int x2 = p.right2 + part;
    int x3 = p.right3 + part;
    int w0 = p.left + row * p.leftStep;
    int w1 = w0 + p.leftStep;
    int w2 = w1 + p.leftStep;
    int w3 = w2 + p.leftStep;
    int w4 = w3 + p.leftStep;
    int step = p.startStep;
    int aside = p.startColumnStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c01 = FloatVector.fromArray(S, a, start + aside);
    FloatVector c02 = FloatVector.fromArray(S, a, start + 2 * aside);
    FloatVector c03 = FloatVector.fromArray(S, a, start + 3 * aside);
    FloatVector c10 = FloatVector.fromArray(S, a, start + step);
    FloatVector c11 = FloatVector.fromArray(S, a, start + step + aside);
    FloatVector c12 = FloatVector.fromArray(S, a, start + step + 2 * aside);
    FloatVector c13 = FloatVector.fromArray(S, a, start + step + 3 * aside);
    FloatVector c20 = FloatVector.fromArray(S, a, start + 2 * step);
    FloatVector c21 = FloatVector.fromArray(S, a, start + 2 * step + aside);
    FloatVector c22 = FloatVector.fromArray(S, a, start + 2 * step + 2 * aside);
    FloatVector c23 = FloatVector.fromArray(S, a, start + 2 * step + 3 * aside);
    FloatVector c30 = FloatVector.fromArray(S, a, start + 3 * step);
    FloatVector c31 = FloatVector.fromArray(S, a, start + 3 * step + aside);
    FloatVector c32 = FloatVector.fromArray(S, a, start + 3 * step + 2 * aside);
    FloatVector c33 = FloatVector.fromArray(S, a, start + 3 * step + 3 * aside);
    FloatVector c40 = FloatVector.fromArray(S, a, start + 4 * step);
    FloatVector c41 = FloatVector.fromArray(S, a, start + 4 * step + aside);
    FloatVector c42 = FloatVector.fromArray(S, a, start + 4 * step + 2 * aside);
    FloatVector c43 = FloatVector.fromArray(S, a, start + 4 * step + 3 * aside);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      FloatVector v1 = FloatVector.fromArray(S, a, x1 + right);
      FloatVector v2 = FloatVector.fromArray(S, a, x2 + right);
      FloatVector v3 = FloatVector.fromArray(S, a, x3 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      c01 = f0.fma(v1, c01);
      c02 = f0.fma(v2, c02);
      c03 = f0.fma(v3, c03);
      FloatVector f1 = FloatVector.broadcast(S, w[w1 + left]);
      c10 = f1.fma(v0, c10);
      c11 = f1.fma(v1, c11);
      c12 = f1.fma(v2, c12);
      c13 = f1.fma(v3, c13);
      FloatVector f2 = FloatVector.broadcast(S, w[w2 + left]);
      c20 = f2.fma(v0, c20);
      c21 = f2.fma(v1, c21);
      c22 = f2.fma(v2, c22);
      c23 = f2.fma(v3, c23);
      FloatVector f3 = FloatVector.broadcast(S, w[w3 + left]);
      c30 = f3.fma(v0, c30);
      c31 = f3.fma(v1, c31);
      c32 = f3.fma(v2, c32);
      c33 = f3.fma(v3, c33);
      FloatVector f4 = FloatVector.broadcast(S, w[w4 + left]);
      c40 = f4.fma(v0, c40);
      c41 = f4.fma(v1, c41);
      c42 = f4.fma(v2, c42);
      c43 = f4.fma(v3, c43);
    }
    int below = p.targetStep;
    c00.intoArray(a, target);
    c01.intoArray(a, target + 16);
    c02.intoArray(a, target + 32);
    c03.intoArray(a, target + 48);
    c10.intoArray(a, target + below);
    c11.intoArray(a, target + below + 16);
    c12.intoArray(a, target + below + 32);
    c13.intoArray(a, target + below + 48);
    c20.intoArray(a, target + 2 * below);
    c21.intoArray(a, target + 2 * below + 16);
    c22.intoArray(a, target + 2 * below + 32);
    c23.intoArray(a, target + 2 * below + 48);
    c30.intoArray(a, target + 3 * below);
    c31.intoArray(a, target + 3 * below + 16);
    c32.intoArray(a, target + 3 * below + 32);
    c33.intoArray(a, target + 3 * below + 48);
    c40.intoArray(a, target + 4 * below);
    c41.intoArray(a, target + 4 * below + 16);
    c42.intoArray(a, target + 4 * below + 32);
    c43.intoArray(a, target + 4 * below + 48);
  }

  static void threeByFour(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int x2 = p.right2 + part;
    int x3 = p.right3 + part;
    int w0 = p.left + row * p.leftStep;
    int w1 = w0 + p.leftStep;
    int w2 = w1 + p.leftStep;
    int step = p.startStep;
    int aside = p.startColumnStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c01 = FloatVector.fromArray(S, a, start + aside);
    FloatVector c02 = FloatVector.fromArray(S, a, start + 2 * aside);
    FloatVector c03 = FloatVector.fromArray(S, a, start + 3 * aside);
    FloatVector c10 = FloatVector.fromArray(S, a, start + step);
    FloatVector c11 = FloatVector.fromArray(S, a, start + step + aside);
    FloatVector c12 = FloatVector.fromArray(S, a, start + step + 2 * aside);
    FloatVector c13 = FloatVector.fromArray(S, a, start + step + 3 * aside);
    FloatVector c20 = FloatVector.fromArray(S, a, start + 2 * step);
    FloatVector c21 = FloatVector.fromArray(S, a, start + 2 * step + aside);
    FloatVector c22 = FloatVector.fromArray(S, a, start + 2 * step + 2 * aside);
    FloatVector c23 = FloatVector.fromArray(S, a, start + 2 * step + 3 * aside);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      FloatVector v1 = FloatVector.fromArray(S, a, x1 + right);
      FloatVector v2 = FloatVector.fromArray(S, a, x2 + right);
      FloatVector v3 = FloatVector.fromArray(S, a, x3 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      c01 = f0.fma(v1, c01);
      c02 = f0.fma(v2, c02);
      c03 = f0.fma(v3, c03);
      FloatVector f1 = FloatVector.broadcast(S, w[w1 + left]);
      c10 = f1.fma(v0, c10);
      c11 = f1.fma(v1, c11);
      c12 = f1.fma(v2, c12);
      c13 = f1.fma(v3, c13);
      FloatVector f2 = FloatVector.broadcast(S, w[w2 + left]);
      c20 = f2.fma(v0, c20);
      c21 = f2.fma(v1, c21);
      c22 = f2.fma(v2, c22);
      c23 = f2.fma(v3, c23);
    }
    int below = p.targetStep;
    c00.intoArray(a, target);
    c01.intoArray(a, target + 16);
    c02.intoArray(a, target + 32);
    c03.intoArray(a, target + 48);
    c10.intoArray(a, target + below);
    c11.intoArray(a, target + below + 16);
    c12.intoArray(a, target + below + 32);
    c13.intoArray(a, target + below + 48);
    c20.intoArray(a, target + 2 * below);
    c21.intoArray(a, target + 2 * below + 16);
    c22.intoArray(a, target + 2 * below + 32);
    c23.intoArray(a, target + 2 * below + 48);
  }

  static void oneByFour(float[] a, Product p, int row, int part) {
    int start = p.start + row * p.startStep + part;
    int target = p.target + row * p.targetStep + part;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int x2 = p.right2 + part;
    int x3 = p.right3 + part;
    int w0 = p.left + row * p.leftStep;
    int aside = p.startColumnStep;
    FloatVector c00 = FloatVector.fromArray(S, a, start);
    FloatVector c01 = FloatVector.fromArray(S, a, start + aside);
    FloatVector c02 = FloatVector.fromArray(S, a, start + 2 * aside);
    FloatVector c03 = FloatVector.fromArray(S, a, start + 3 * aside);
    float[] w = p.weights(a);
    int[] terms = p.terms;
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 2) {
      int right = terms[k + 1];
      FloatVector v0 = FloatVector.fromArray(S, a, x0 + right);
      FloatVector v1 = FloatVector.fromArray(S, a, x1 + right);
      FloatVector v2 = FloatVector.fromArray(S, a, x2 + right);
      FloatVector v3 = FloatVector.fromArray(S, a, x3 + right);
      int left = terms[k];
      FloatVector f0 = FloatVector.broadcast(S, w[w0 + left]);
      c00 = f0.fma(v0, c00);
      c01 = f0.fma(v1, c01);
      c02 = f0.fma(v2, c02);
      c03 = f0.fma(v3, c03);
    }
    c00.intoArray(a, target);
    c01.intoArray(a, target + 16);
    c02.intoArray(a, target + 32);
    c03.intoArray(a, target + 48);
  }
}
