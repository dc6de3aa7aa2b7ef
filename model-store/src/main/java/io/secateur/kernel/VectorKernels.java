package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels in vectors of one width for the whole process: C2 needs a constant, and a second
 * width in the same JVM made everything ten times slower. Made by {@link KernelProvider}, by name.
 */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> SPECIES =
      VectorShape.forBitSize(KernelProvider.chosenBits()).withLanes(float.class);

  private static final VectorSpecies<Float> S = SPECIES;
  private static final int LANES = S.length();
  private static final int FULL_TILE = LANES == BLOCK ? ROWS : 3;

  @Override
  public int laneBits() {
    return S.vectorBitSize();
  }

  @Override
  public void multiplyFour(float[] a, Product p) {
    int row = 0;
    for (; FULL_TILE == ROWS && row + ROWS <= p.rows; row += ROWS) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorTiles.fiveByFour(a, p, row, part);
      }
    }
    for (; row + 3 <= p.rows; row += 3) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorTiles.threeByFour(a, p, row, part);
      }
    }
    for (; row < p.rows; row++) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorTiles.oneByFour(a, p, row, part);
      }
    }
  }

  @Override
  public void multiplyTwo(float[] a, Product p) {
    int row = 0;
    for (; row + ROWS <= p.rows; row += ROWS) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorStrips.fiveByTwo(a, p, row, part);
      }
    }
    for (; row < p.rows; row++) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorStrips.oneByTwo(a, p, row, part);
      }
    }
  }

  @Override
  public void multiplyOne(float[] a, Product p) {
    int row = 0;
    for (; row + ROWS <= p.rows; row += ROWS) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorStrips.fiveByOne(a, p, row, part);
      }
    }
    for (; row < p.rows; row++) {
      for (int part = 0; part < BLOCK; part += LANES) {
        VectorStrips.oneByOne(a, p, row, part);
      }
    }
  }

  @Override
  public void gatherFour(float[] a, SparseProduct p) {
    for (int part = 0; part < BLOCK; part += LANES) {
      VectorSparse.gatherFour(a, p, part);
    }
  }

  @Override
  public void gatherOne(float[] a, SparseProduct p) {
    for (int part = 0; part < BLOCK; part += LANES) {
      VectorSparse.gatherOne(a, p, part);
    }
  }

  @Override
  public void rowOfFour(float[] a, SparseRow row) {
    for (int part = 0; part < BLOCK; part += LANES) {
      VectorRows.four(a, row, part);
    }
  }

  @Override
  public void rowOfTwo(float[] a, SparseRow row) {
    for (int part = 0; part < BLOCK; part += LANES) {
      VectorRows.two(a, row, part);
    }
  }

  @Override
  public void rowOfOne(float[] a, SparseRow row) {
    for (int part = 0; part < BLOCK; part += LANES) {
      VectorRows.one(a, row, part);
    }
  }

  @Override
  public float dot(float[] a, WeightRows weights, int row, int base) {
    return VectorRows.dot(a, weights, row, base);
  }

  @Override
  public void dotsOfFour(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    if (LANES == 16) {
      VectorDots.four16(a, terms, from, to, left, right, sums);
    } else if (LANES == 8) {
      VectorDots.four8(a, terms, from, to, left, right, sums);
    } else {
      VectorDots.four4(a, terms, from, to, left, right, sums);
    }
  }

  @Override
  public void dotsOfOne(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    if (LANES == 16) {
      VectorDots.one16(a, terms, from, to, left, right, sums);
    } else if (LANES == 8) {
      VectorDots.one8(a, terms, from, to, left, right, sums);
    } else {
      VectorDots.one4(a, terms, from, to, left, right, sums);
    }
  }

  @Override
  public void sumUp(float[] a, int sums, int target, int length) {
    VectorDots.sumUp(a, sums, target, length);
  }

  @Override
  public void biasAndBound(float[] a, int source, int target, int length, float bias, float low) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(S, a, source + i).add(bias).max(low).intoArray(a, target + i);
    }
    for (; i < length; i++) {
      a[target + i] = Math.max(a[source + i] + bias, low);
    }
  }

  @Override
  public void largestOfFour(float[] a, int source, int target, int which, float bias, float low) {
    for (int i = 0; i < BLOCK; i += LANES) {
      int at = source + i;
      FloatVector largest = FloatVector.fromArray(S, a, at);
      FloatVector second = FloatVector.fromArray(S, a, at + BLOCK);
      VectorMask<Float> larger = second.compare(VectorOperators.GT, largest);
      FloatVector index = FloatVector.zero(S).blend(1f, larger);
      largest = largest.blend(second, larger);
      FloatVector third = FloatVector.fromArray(S, a, at + 2 * BLOCK);
      larger = third.compare(VectorOperators.GT, largest);
      index = index.blend(2f, larger);
      largest = largest.blend(third, larger);
      FloatVector fourth = FloatVector.fromArray(S, a, at + 3 * BLOCK);
      larger = fourth.compare(VectorOperators.GT, largest);
      index.blend(3f, larger).intoArray(a, which + i);
      largest.blend(fourth, larger).add(bias).max(low).intoArray(a, target + i);
    }
  }

  @Override
  public void largestOfWindows(
      float[] a, int source, int right, int below, int target, int length, float bias, float low) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      int at = source + i;
      FloatVector upper =
          FloatVector.fromArray(S, a, at).max(FloatVector.fromArray(S, a, at + right));
      FloatVector lower =
          FloatVector.fromArray(S, a, at + below)
              .max(FloatVector.fromArray(S, a, at + below + right));
      upper.max(lower).add(bias).max(low).intoArray(a, target + i);
    }
    for (; i < length; i++) {
      int at = source + i;
      float upper = Math.max(a[at], a[at + right]);
      float lower = Math.max(a[at + below], a[at + below + right]);
      a[target + i] = Math.max(Math.max(upper, lower) + bias, low);
    }
  }

  @Override
  public void spreadToFour(float[] a, int source, int which, int t0, int t1, int t2, int t3) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < BLOCK; i += LANES) {
      FloatVector value = FloatVector.fromArray(S, a, source + i);
      FloatVector index = FloatVector.fromArray(S, a, which + i);
      zero.blend(value, index.compare(VectorOperators.EQ, 0f)).intoArray(a, t0 + i);
      zero.blend(value, index.compare(VectorOperators.EQ, 1f)).intoArray(a, t1 + i);
      zero.blend(value, index.compare(VectorOperators.EQ, 2f)).intoArray(a, t2 + i);
      zero.blend(value, index.compare(VectorOperators.EQ, 3f)).intoArray(a, t3 + i);
    }
  }

  @Override
  public void relu(float[] a, int values, int length) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = values; i < values + length; i += LANES) {
      FloatVector.fromArray(S, a, i).max(zero).intoArray(a, i);
    }
  }

  @Override
  public void reluBackward(float[] a, int values, int gradient, int length) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < length; i += LANES) {
      VectorMask<Float> passed =
          FloatVector.fromArray(S, a, values + i).compare(VectorOperators.GT, zero);
      zero.blend(FloatVector.fromArray(S, a, gradient + i), passed).intoArray(a, gradient + i);
    }
  }

  @Override
  public void multiply(float[] a, int values, int factors, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(S, a, values + i)
          .mul(FloatVector.fromArray(S, a, factors + i))
          .intoArray(a, values + i);
    }
  }

  @Override
  public void addBlocks(float[] a, int source, int step, int blocks, int target) {
    for (int i = 0; i < BLOCK; i += LANES) {
      FloatVector sum = FloatVector.fromArray(S, a, target + i);
      for (int block = 0; block < blocks; block++) {
        sum = sum.add(FloatVector.fromArray(S, a, source + block * step + i));
      }
      sum.intoArray(a, target + i);
    }
  }

  @Override
  public void update(
      float[] a, int gradient, Trained tensor, int from, int length, float scale, Nesterov rule) {
    int values = tensor.values() + from;
    int velocity = tensor.velocity() + from;
    if (tensor.isMasked()) {
      updateMasked(a, gradient, values, velocity, tensor.mask() + from, length, scale, rule);
    } else if (rule.l1() != 0f) {
      updateWithL1(a, gradient, values, velocity, length, scale, rule);
    } else {
      updateWithL2(a, gradient, values, velocity, length, scale, rule);
    }
  }

  private static void updateWithL2(
      float[] a, int gradient, int values, int velocity, int length, float scale, Nesterov rule) {
    FloatVector rate = FloatVector.broadcast(S, rule.rate());
    FloatVector momentum = FloatVector.broadcast(S, rule.momentum());
    FloatVector ahead = FloatVector.broadcast(S, 1f + rule.momentum());
    FloatVector l2 = FloatVector.broadcast(S, rule.l2());
    FloatVector scales = FloatVector.broadcast(S, scale);
    for (int i = 0; i < length; i += LANES) {
      FloatVector w = FloatVector.fromArray(S, a, values + i);
      FloatVector old = FloatVector.fromArray(S, a, velocity + i).mul(momentum);
      FloatVector g = FloatVector.fromArray(S, a, gradient + i).mul(scales).add(w.mul(l2));
      FloatVector next = old.sub(g.mul(rate));
      next.intoArray(a, velocity + i);
      w.add(next.mul(ahead).sub(old)).intoArray(a, values + i);
    }
  }

  private static void updateWithL1(
      float[] a, int gradient, int values, int velocity, int length, float scale, Nesterov rule) {
    FloatVector rate = FloatVector.broadcast(S, rule.rate());
    FloatVector momentum = FloatVector.broadcast(S, rule.momentum());
    FloatVector ahead = FloatVector.broadcast(S, 1f + rule.momentum());
    FloatVector l2 = FloatVector.broadcast(S, rule.l2());
    FloatVector scales = FloatVector.broadcast(S, scale);
    FloatVector zero = FloatVector.zero(S);
    FloatVector l1 = FloatVector.broadcast(S, rule.l1());
    FloatVector minus = FloatVector.broadcast(S, -rule.l1());
    for (int i = 0; i < length; i += LANES) {
      FloatVector w = FloatVector.fromArray(S, a, values + i);
      FloatVector old = FloatVector.fromArray(S, a, velocity + i).mul(momentum);
      FloatVector sign =
          l1.blend(minus, w.compare(VectorOperators.LT, zero))
              .blend(zero, w.compare(VectorOperators.EQ, zero));
      FloatVector g =
          FloatVector.fromArray(S, a, gradient + i).mul(scales).add(w.mul(l2)).add(sign);
      FloatVector next = old.sub(g.mul(rate));
      next.intoArray(a, velocity + i);
      w.add(next.mul(ahead).sub(old)).intoArray(a, values + i);
    }
  }

  private static void updateMasked(
      float[] a,
      int gradient,
      int values,
      int velocity,
      int mask,
      int length,
      float scale,
      Nesterov rule) {
    FloatVector rate = FloatVector.broadcast(S, rule.rate());
    FloatVector momentum = FloatVector.broadcast(S, rule.momentum());
    FloatVector ahead = FloatVector.broadcast(S, 1f + rule.momentum());
    FloatVector l2 = FloatVector.broadcast(S, rule.l2());
    FloatVector scales = FloatVector.broadcast(S, scale);
    FloatVector zero = FloatVector.zero(S);
    FloatVector l1 = FloatVector.broadcast(S, rule.l1());
    FloatVector minus = FloatVector.broadcast(S, -rule.l1());
    for (int i = 0; i < length; i += LANES) {
      VectorMask<Float> kept =
          FloatVector.fromArray(S, a, mask + i).compare(VectorOperators.NE, zero);
      FloatVector w = FloatVector.fromArray(S, a, values + i);
      FloatVector old = FloatVector.fromArray(S, a, velocity + i).mul(momentum);
      FloatVector sign =
          l1.blend(minus, w.compare(VectorOperators.LT, zero))
              .blend(zero, w.compare(VectorOperators.EQ, zero));
      FloatVector g =
          FloatVector.fromArray(S, a, gradient + i).mul(scales).add(w.mul(l2)).add(sign);
      FloatVector next = old.sub(g.mul(rate));
      zero.blend(next, kept).intoArray(a, velocity + i);
      zero.blend(w.add(next.mul(ahead).sub(old)), kept).intoArray(a, values + i);
    }
  }
}
