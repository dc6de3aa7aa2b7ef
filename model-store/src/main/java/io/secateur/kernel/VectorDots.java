package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of one row of examples with four others at a time. The sums of a weight are merged
 * lane with lane until four are left, and those of four weights fill a block: merging whole vectors
 * costs a fraction of a reduction for each weight. A method for each number of lanes, of which a
 * process uses one; all add in the same order.
 */
final class VectorDots {
  private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
  private static final int LANES = S.length();
  private static final VectorMask<Float> UPPER_8 = upper(8);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_1 = upper(1);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  /** Lane i of merged sums is of weight {@code (i >> 2) + LANES / 4 x (bit 1 of i + 2 x bit 0)}. */
  private static final VectorShuffle<Float> IN_ORDER = VectorShuffle.fromOp(S, VectorDots::laneOf);

  private VectorDots() {}

  private static VectorMask<Float> upper(int distance) {
    boolean[] upper = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      upper[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(S, upper, 0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, lane -> (lane ^ distance) & (LANES - 1));
  }

  private static int laneOf(int weight) {
    int vector = weight / (LANES / 4);
    return weight % (LANES / 4) * 4 + (vector & 1) * 2 + (vector >> 1);
  }

  /** Lane l: two lanes a distance apart added, of a where l is the lower of them, else of b. */
  private static FloatVector merge(
      FloatVector a, FloatVector b, VectorMask<Float> upper, VectorShuffle<Float> swap) {
    return a.blend(b, upper).add(b.blend(a, upper).rearrange(swap));
  }

  static void four16(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    FloatVector y1 = FloatVector.fromArray(S, a, left + 16);
    FloatVector y2 = FloatVector.fromArray(S, a, left + 32);
    FloatVector y3 = FloatVector.fromArray(S, a, left + 48);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 8) {
      int r0 = right + terms[k + 1];
      FloatVector s0 = y0.mul(FloatVector.fromArray(S, a, r0));
      s0 = y1.fma(FloatVector.fromArray(S, a, r0 + 16), s0);
      s0 = y2.fma(FloatVector.fromArray(S, a, r0 + 32), s0);
      s0 = y3.fma(FloatVector.fromArray(S, a, r0 + 48), s0);
      int r1 = right + terms[k + 3];
      FloatVector s1 = y0.mul(FloatVector.fromArray(S, a, r1));
      s1 = y1.fma(FloatVector.fromArray(S, a, r1 + 16), s1);
      s1 = y2.fma(FloatVector.fromArray(S, a, r1 + 32), s1);
      s1 = y3.fma(FloatVector.fromArray(S, a, r1 + 48), s1);
      int r2 = right + terms[k + 5];
      FloatVector s2 = y0.mul(FloatVector.fromArray(S, a, r2));
      s2 = y1.fma(FloatVector.fromArray(S, a, r2 + 16), s2);
      s2 = y2.fma(FloatVector.fromArray(S, a, r2 + 32), s2);
      s2 = y3.fma(FloatVector.fromArray(S, a, r2 + 48), s2);
      int r3 = right + terms[k + 7];
      FloatVector s3 = y0.mul(FloatVector.fromArray(S, a, r3));
      s3 = y1.fma(FloatVector.fromArray(S, a, r3 + 16), s3);
      s3 = y2.fma(FloatVector.fromArray(S, a, r3 + 32), s3);
      s3 = y3.fma(FloatVector.fromArray(S, a, r3 + 48), s3);
      FloatVector even = merge(s0, s2, UPPER_8, SWAP_8);
      FloatVector odd = merge(s1, s3, UPPER_8, SWAP_8);
      merge(even, odd, UPPER_4, SWAP_4)
          .add(FloatVector.fromArray(S, a, target))
          .intoArray(a, target);
      target += 4 * Kernels.SUMS;
    }
  }

  static void four8(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    FloatVector y1 = FloatVector.fromArray(S, a, left + 8);
    FloatVector y2 = FloatVector.fromArray(S, a, left + 16);
    FloatVector y3 = FloatVector.fromArray(S, a, left + 24);
    FloatVector y4 = FloatVector.fromArray(S, a, left + 32);
    FloatVector y5 = FloatVector.fromArray(S, a, left + 40);
    FloatVector y6 = FloatVector.fromArray(S, a, left + 48);
    FloatVector y7 = FloatVector.fromArray(S, a, left + 56);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 4) {
      int r0 = right + terms[k + 1];
      FloatVector s0 = y0.mul(FloatVector.fromArray(S, a, r0));
      FloatVector t0 = y1.mul(FloatVector.fromArray(S, a, r0 + 8));
      s0 = y2.fma(FloatVector.fromArray(S, a, r0 + 16), s0);
      t0 = y3.fma(FloatVector.fromArray(S, a, r0 + 24), t0);
      s0 = y4.fma(FloatVector.fromArray(S, a, r0 + 32), s0);
      t0 = y5.fma(FloatVector.fromArray(S, a, r0 + 40), t0);
      s0 = y6.fma(FloatVector.fromArray(S, a, r0 + 48), s0);
      t0 = y7.fma(FloatVector.fromArray(S, a, r0 + 56), t0);
      int r1 = right + terms[k + 3];
      FloatVector s1 = y0.mul(FloatVector.fromArray(S, a, r1));
      FloatVector t1 = y1.mul(FloatVector.fromArray(S, a, r1 + 8));
      s1 = y2.fma(FloatVector.fromArray(S, a, r1 + 16), s1);
      t1 = y3.fma(FloatVector.fromArray(S, a, r1 + 24), t1);
      s1 = y4.fma(FloatVector.fromArray(S, a, r1 + 32), s1);
      t1 = y5.fma(FloatVector.fromArray(S, a, r1 + 40), t1);
      s1 = y6.fma(FloatVector.fromArray(S, a, r1 + 48), s1);
      t1 = y7.fma(FloatVector.fromArray(S, a, r1 + 56), t1);
      merge(s0.add(t0), s1.add(t1), UPPER_4, SWAP_4)
          .add(FloatVector.fromArray(S, a, target))
          .intoArray(a, target);
      target += 2 * Kernels.SUMS;
    }
  }

  static void four4(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    FloatVector y1 = FloatVector.fromArray(S, a, left + 4);
    FloatVector y2 = FloatVector.fromArray(S, a, left + 8);
    FloatVector y3 = FloatVector.fromArray(S, a, left + 12);
    FloatVector y4 = FloatVector.fromArray(S, a, left + 16);
    FloatVector y5 = FloatVector.fromArray(S, a, left + 20);
    FloatVector y6 = FloatVector.fromArray(S, a, left + 24);
    FloatVector y7 = FloatVector.fromArray(S, a, left + 28);
    FloatVector y8 = FloatVector.fromArray(S, a, left + 32);
    FloatVector y9 = FloatVector.fromArray(S, a, left + 36);
    FloatVector y10 = FloatVector.fromArray(S, a, left + 40);
    FloatVector y11 = FloatVector.fromArray(S, a, left + 44);
    FloatVector y12 = FloatVector.fromArray(S, a, left + 48);
    FloatVector y13 = FloatVector.fromArray(S, a, left + 52);
    FloatVector y14 = FloatVector.fromArray(S, a, left + 56);
    FloatVector y15 = FloatVector.fromArray(S, a, left + 60);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 2) {
      int r = right + terms[k + 1];
      FloatVector s = y0.mul(FloatVector.fromArray(S, a, r));
      FloatVector t = y1.mul(FloatVector.fromArray(S, a, r + 4));
      FloatVector u = y2.mul(FloatVector.fromArray(S, a, r + 8));
      FloatVector v = y3.mul(FloatVector.fromArray(S, a, r + 12));
      s = y4.fma(FloatVector.fromArray(S, a, r + 16), s);
      t = y5.fma(FloatVector.fromArray(S, a, r + 20), t);
      u = y6.fma(FloatVector.fromArray(S, a, r + 24), u);
      v = y7.fma(FloatVector.fromArray(S, a, r + 28), v);
      s = y8.fma(FloatVector.fromArray(S, a, r + 32), s);
      t = y9.fma(FloatVector.fromArray(S, a, r + 36), t);
      u = y10.fma(FloatVector.fromArray(S, a, r + 40), u);
      v = y11.fma(FloatVector.fromArray(S, a, r + 44), v);
      s = y12.fma(FloatVector.fromArray(S, a, r + 48), s);
      t = y13.fma(FloatVector.fromArray(S, a, r + 52), t);
      u = y14.fma(FloatVector.fromArray(S, a, r + 56), u);
      v = y15.fma(FloatVector.fromArray(S, a, r + 60), v);
      s.add(u).add(t.add(v)).add(FloatVector.fromArray(S, a, target)).intoArray(a, target);
      target += Kernels.SUMS;
    }
  }

  static void one16(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 8) {
      int r0 = right + terms[k + 1];
      FloatVector s0 = y0.mul(FloatVector.fromArray(S, a, r0));
      int r1 = right + terms[k + 3];
      FloatVector s1 = y0.mul(FloatVector.fromArray(S, a, r1));
      int r2 = right + terms[k + 5];
      FloatVector s2 = y0.mul(FloatVector.fromArray(S, a, r2));
      int r3 = right + terms[k + 7];
      FloatVector s3 = y0.mul(FloatVector.fromArray(S, a, r3));
      FloatVector even = merge(s0, s2, UPPER_8, SWAP_8);
      FloatVector odd = merge(s1, s3, UPPER_8, SWAP_8);
      merge(even, odd, UPPER_4, SWAP_4)
          .add(FloatVector.fromArray(S, a, target))
          .intoArray(a, target);
      target += 4 * Kernels.SUMS;
    }
  }

  static void one8(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    FloatVector y1 = FloatVector.fromArray(S, a, left + 8);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 4) {
      int r0 = right + terms[k + 1];
      FloatVector s0 = y0.mul(FloatVector.fromArray(S, a, r0));
      FloatVector t0 = y1.mul(FloatVector.fromArray(S, a, r0 + 8));
      int r1 = right + terms[k + 3];
      FloatVector s1 = y0.mul(FloatVector.fromArray(S, a, r1));
      FloatVector t1 = y1.mul(FloatVector.fromArray(S, a, r1 + 8));
      merge(s0.add(t0), s1.add(t1), UPPER_4, SWAP_4)
          .add(FloatVector.fromArray(S, a, target))
          .intoArray(a, target);
      target += 2 * Kernels.SUMS;
    }
  }

  static void one4(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    FloatVector y0 = FloatVector.fromArray(S, a, left);
    FloatVector y1 = FloatVector.fromArray(S, a, left + 4);
    FloatVector y2 = FloatVector.fromArray(S, a, left + 8);
    FloatVector y3 = FloatVector.fromArray(S, a, left + 12);
    int target = sums;
    for (int k = 2 * from; k < 2 * to; k += 2) {
      int r = right + terms[k + 1];
      FloatVector s = y0.mul(FloatVector.fromArray(S, a, r));
      FloatVector t = y1.mul(FloatVector.fromArray(S, a, r + 4));
      FloatVector u = y2.mul(FloatVector.fromArray(S, a, r + 8));
      FloatVector v = y3.mul(FloatVector.fromArray(S, a, r + 12));
      s.add(u).add(t.add(v)).add(FloatVector.fromArray(S, a, target)).intoArray(a, target);
      target += Kernels.SUMS;
    }
  }

  static void sumUp(float[] a, int sums, int target, int length) {
    for (int i = 0; i < length; i += LANES) {
      int at = sums + i * Kernels.SUMS;
      FloatVector first = FloatVector.fromArray(S, a, at);
      FloatVector second = FloatVector.fromArray(S, a, at + LANES);
      FloatVector third = FloatVector.fromArray(S, a, at + 2 * LANES);
      FloatVector fourth = FloatVector.fromArray(S, a, at + 3 * LANES);
      FloatVector lower = merge(first, second, UPPER_2, SWAP_2);
      FloatVector upper = merge(third, fourth, UPPER_2, SWAP_2);
      merge(lower, upper, UPPER_1, SWAP_1).rearrange(IN_ORDER).intoArray(a, target + i);
    }
  }
}
