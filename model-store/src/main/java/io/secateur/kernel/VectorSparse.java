package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels of {@link SparseProduct}: two chains of sums for each of the columns, in local
 * variables of one flat loop.
 */
final class VectorSparse {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;

  private VectorSparse() {}

  static void gatherFour(float[] a, SparseProduct p, int part) {
    int[] terms = p.terms;
    int w = p.left;
    int x0 = p.right0 + part;
    int x1 = p.right1 + part;
    int x2 = p.right2 + part;
    int x3 = p.right3 + part;
    FloatVector bias = FloatVector.broadcast(S, p.bias);
    FloatVector low = FloatVector.broadcast(S, p.low);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = FloatVector.zero(S);
    FloatVector c2 = FloatVector.zero(S);
    FloatVector c3 = FloatVector.zero(S);
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    FloatVector d2 = FloatVector.zero(S);
    FloatVector d3 = FloatVector.zero(S);
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 4) {
      FloatVector f = FloatVector.broadcast(S, a[w + terms[k]]);
      int r = terms[k + 1];
      c0 = f.fma(FloatVector.fromArray(S, a, x0 + r), c0);
      c1 = f.fma(FloatVector.fromArray(S, a, x1 + r), c1);
      c2 = f.fma(FloatVector.fromArray(S, a, x2 + r), c2);
      c3 = f.fma(FloatVector.fromArray(S, a, x3 + r), c3);
      FloatVector g = FloatVector.broadcast(S, a[w + terms[k + 2]]);
      int s = terms[k + 3];
      d0 = g.fma(FloatVector.fromArray(S, a, x0 + s), d0);
      d1 = g.fma(FloatVector.fromArray(S, a, x1 + s), d1);
      d2 = g.fma(FloatVector.fromArray(S, a, x2 + s), d2);
      d3 = g.fma(FloatVector.fromArray(S, a, x3 + s), d3);
    }
    int target = p.target + part;
    c0.add(d0).add(bias).max(low).intoArray(a, target);
    c1.add(d1).add(bias).max(low).intoArray(a, target + 16);
    c2.add(d2).add(bias).max(low).intoArray(a, target + 32);
    c3.add(d3).add(bias).max(low).intoArray(a, target + 48);
  }

  static void gatherOne(float[] a, SparseProduct p, int part) {
    int[] terms = p.terms;
    int w = p.left;
    int x = p.right0 + part;
    FloatVector bias = FloatVector.broadcast(S, p.bias);
    FloatVector low = FloatVector.broadcast(S, p.low);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    int end = 2 * p.to;
    for (int k = 2 * p.from; k < end; k += 4) {
      FloatVector f = FloatVector.broadcast(S, a[w + terms[k]]);
      c = f.fma(FloatVector.fromArray(S, a, x + terms[k + 1]), c);
      FloatVector g = FloatVector.broadcast(S, a[w + terms[k + 2]]);
      d = g.fma(FloatVector.fromArray(S, a, x + terms[k + 3]), d);
    }
    c.add(d).add(bias).max(low).intoArray(a, p.target + part);
  }
}
