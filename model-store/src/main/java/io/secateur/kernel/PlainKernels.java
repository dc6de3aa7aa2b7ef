package io.secateur.kernel;

import java.util.Arrays;

/** Plain Java, for JVMs without the Vector API. */
final class PlainKernels implements Kernels {
  @Override
  public int laneBits() {
    return 0;
  }

  @Override
  public void multiplyFour(float[] arena, Product p) {
    column(arena, p, 0, p.right0);
    column(arena, p, 1, p.right1);
    column(arena, p, 2, p.right2);
    column(arena, p, 3, p.right3);
  }

  @Override
  public void multiplyTwo(float[] arena, Product p) {
    column(arena, p, 0, p.right0);
    column(arena, p, 1, p.right1);
  }

  @Override
  public void multiplyOne(float[] arena, Product p) {
    column(arena, p, 0, p.right0);
  }

  private static void column(float[] a, Product p, int column, int right) {
    for (int row = 0; row < p.rows; row++) {
      int start = p.start + row * p.startStep + column * p.startColumnStep;
      int target = p.target + row * p.targetStep + column * BLOCK;
      if (start != target) {
        System.arraycopy(a, start, a, target, BLOCK);
      }
      terms(a, p, target, p.left + row * p.leftStep, right);
    }
  }

  private static void terms(float[] a, Product p, int target, int left, int right) {
    int[] terms = p.terms;
    float[] weights = p.weights(a);
    for (int k = 2 * p.from; k < 2 * p.to; k += 2) {
      float factor = weights[left + terms[k]];
      int from = right + terms[k + 1];
      for (int i = 0; i < BLOCK; i++) {
        a[target + i] += factor * a[from + i];
      }
    }
  }

  @Override
  public void gatherFour(float[] a, SparseProduct p) {
    gather(a, p, 0, p.right0);
    gather(a, p, 1, p.right1);
    gather(a, p, 2, p.right2);
    gather(a, p, 3, p.right3);
  }

  @Override
  public void gatherOne(float[] a, SparseProduct p) {
    gather(a, p, 0, p.right0);
  }

  private static void gather(float[] a, SparseProduct p, int column, int right) {
    int target = p.target + column * BLOCK;
    Arrays.fill(a, target, target + BLOCK, p.bias);
    for (int k = 2 * p.from; k < 2 * p.to; k += 2) {
      float factor = a[p.left + p.terms[k]];
      int from = right + p.terms[k + 1];
      for (int i = 0; i < BLOCK; i++) {
        a[target + i] += factor * a[from + i];
      }
    }
    for (int i = target; i < target + BLOCK; i++) {
      a[i] = Math.max(a[i], p.low);
    }
  }

  @Override
  public void rowOfFour(float[] a, SparseRow row) {
    column(a, row, 0, row.right0);
    column(a, row, 1, row.right1);
    column(a, row, 2, row.right2);
    column(a, row, 3, row.right3);
  }

  @Override
  public void rowOfTwo(float[] a, SparseRow row) {
    column(a, row, 0, row.right0);
    column(a, row, 1, row.right1);
  }

  @Override
  public void rowOfOne(float[] a, SparseRow row) {
    column(a, row, 0, row.right0);
  }

  private static void column(float[] a, SparseRow row, int column, int right) {
    int target = row.target + column * BLOCK;
    Arrays.fill(a, target, target + BLOCK, 0f);
    for (int k = row.from; k < row.to; k++) {
      float factor = row.values[k];
      int from = right + row.places[k] * row.step;
      for (int i = 0; i < BLOCK; i++) {
        a[target + i] += factor * a[from + i];
      }
    }
  }

  @Override
  public float dot(float[] a, WeightRows weights, int row, int base) {
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
      sum0 += values[k] * a[base + places[k + toPlace]];
      sum1 += values[k + 1] * a[base + places[k + 1 + toPlace]];
      sum2 += values[k + 2] * a[base + places[k + 2 + toPlace]];
      sum3 += values[k + 3] * a[base + places[k + 3 + toPlace]];
    }
    for (; k < end; k++) {
      sum0 += values[k] * a[base + places[k + toPlace]];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public void dotsOfFour(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    dots(a, terms, from, to, left, right, sums, 4 * BLOCK);
  }

  @Override
  public void dotsOfOne(float[] a, int[] terms, int from, int to, int left, int right, int sums) {
    dots(a, terms, from, to, left, right, sums, BLOCK);
  }

  private static void dots(
      float[] a, int[] terms, int from, int to, int left, int right, int sums, int examples) {
    for (int k = from; k < to; k++) {
      int column = right + terms[2 * k + 1];
      int target = sums + (k - from) * SUMS;
      for (int i = 0; i < examples; i += SUMS) {
        a[target] += a[left + i] * a[column + i];
        a[target + 1] += a[left + i + 1] * a[column + i + 1];
        a[target + 2] += a[left + i + 2] * a[column + i + 2];
        a[target + 3] += a[left + i + 3] * a[column + i + 3];
      }
    }
  }

  @Override
  public void sumUp(float[] a, int sums, int target, int length) {
    for (int i = 0; i < length; i++) {
      int s = sums + i * SUMS;
      a[target + i] = (a[s] + a[s + 2]) + (a[s + 1] + a[s + 3]);
    }
  }

  @Override
  public void biasAndBound(float[] a, int source, int target, int length, float bias, float low) {
    for (int i = 0; i < length; i++) {
      a[target + i] = Math.max(a[source + i] + bias, low);
    }
  }

  @Override
  public void largestOfFour(float[] a, int source, int target, int which, float bias, float low) {
    for (int i = 0; i < BLOCK; i++) {
      float largest = a[source + i];
      float index = 0;
      for (int j = 1; j < 4; j++) {
        float value = a[source + j * BLOCK + i];
        if (value > largest) {
          largest = value;
          index = j;
        }
      }
      a[target + i] = Math.max(largest + bias, low);
      a[which + i] = index;
    }
  }

  @Override
  public void largestOfWindows(
      float[] a, int source, int right, int below, int target, int length, float bias, float low) {
    for (int i = 0; i < length; i++) {
      int at = source + i;
      float upper = Math.max(a[at], a[at + right]);
      float lower = Math.max(a[at + below], a[at + below + right]);
      a[target + i] = Math.max(Math.max(upper, lower) + bias, low);
    }
  }

  @Override
  public void spreadToFour(float[] a, int source, int which, int t0, int t1, int t2, int t3) {
    for (int i = 0; i < BLOCK; i++) {
      float value = a[source + i];
      float index = a[which + i];
      a[t0 + i] = index == 0f ? value : 0f;
      a[t1 + i] = index == 1f ? value : 0f;
      a[t2 + i] = index == 2f ? value : 0f;
      a[t3 + i] = index == 3f ? value : 0f;
    }
  }

  @Override
  public void relu(float[] a, int values, int length) {
    for (int i = values; i < values + length; i++) {
      a[i] = Math.max(a[i], 0f);
    }
  }

  @Override
  public void reluBackward(float[] a, int values, int gradient, int length) {
    for (int i = 0; i < length; i++) {
      a[gradient + i] = a[values + i] > 0f ? a[gradient + i] : 0f;
    }
  }

  @Override
  public void multiply(float[] a, int values, int factors, int length) {
    for (int i = 0; i < length; i++) {
      a[values + i] *= a[factors + i];
    }
  }

  @Override
  public void addBlocks(float[] a, int source, int step, int blocks, int target) {
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < BLOCK; i++) {
        a[target + i] += a[source + block * step + i];
      }
    }
  }

  @Override
  public void update(
      float[] a, int gradient, Trained tensor, int from, int length, float scale, Nesterov rule) {
    float rate = rule.rate();
    float momentum = rule.momentum();
    for (int i = 0; i < length; i++) {
      int at = tensor.values() + from + i;
      int velocityAt = tensor.velocity() + from + i;
      float w = a[at];
      float v = a[velocityAt];
      float g = a[gradient + i] * scale + rule.l2() * w;
      if (rule.l1() != 0f) {
        g += rule.l1() * Math.signum(w);
      }
      float next = momentum * v - rate * g;
      boolean kept = !tensor.isMasked() || a[tensor.mask() + from + i] != 0f;
      a[velocityAt] = kept ? next : 0f;
      a[at] = kept ? w + ((1f + momentum) * next - momentum * v) : 0f;
    }
  }
}
