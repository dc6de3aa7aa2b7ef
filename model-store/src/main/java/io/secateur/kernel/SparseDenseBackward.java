package io.secateur.kernel;

import java.util.Arrays;

/**
 * The gradients of a {@link SparseDense} layer and of its ReLU.
 *
 * <p>dx: the same product over W's columns, whose terms point to the entries of its rows. dW: a
 * weight is the product of two rows of examples, of which 4 sums each go to a strip that stays in
 * the L1 cache; a strip is then summed up and updated in whole vectors. (In one loop there would be
 * more vectors than registers.)
 */
public final class SparseDenseBackward implements Backward {
  /** Entries of a strip: 10 KB with their gradients. */
  private static final int STRIP = 480;

  private final Kernels kernels;
  private final SparseDense layer;
  private final Activations outGradient;
  private final Activations inGradient;
  private final BiasBackward bias;
  private final int sums;
  private final int gradient;
  private final int[] columnStarts;
  private final SparseProduct toInput;

  /**
   * @param outGradient flat; overwritten when the layer has a ReLU
   * @param inGradient flat; null when nobody reads it
   */
  public SparseDenseBackward(
      Arena arena, SparseDense layer, Activations outGradient, Activations inGradient) {
    this.kernels = layer.kernels();
    this.layer = layer;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.bias = new BiasBackward(kernels, arena, layer.bias(), outGradient);
    this.sums = arena.reserve(STRIP * Kernels.SUMS);
    this.gradient = arena.reserve(STRIP);
    if (inGradient == null) {
      this.columnStarts = null;
      this.toInput = null;
    } else {
      this.columnStarts = columnStarts(layer.rows());
      int zeros = arena.reserve(outGradient.batch()) - outGradient.origin();
      this.toInput = new SparseProduct(columnTerms(layer.rows(), zeros));
      toInput.left = layer.weights().values();
    }
  }

  /** Where each column's terms begin; their number is even. */
  private static int[] columnStarts(SparseRows rows) {
    int[] starts = new int[rows.columns() + 1];
    for (int entry = 0; entry < rows.entries(); entry++) {
      if (!rows.isFiller(entry)) {
        starts[rows.column(entry) + 1]++;
      }
    }
    for (int column = 0; column < rows.columns(); column++) {
      starts[column + 1] = starts[column] + (starts[column + 1] + 1) / 2 * 2;
    }
    return starts;
  }

  /** (entry, where its output's gradient lies), column by column, outputs ascending. */
  private int[] columnTerms(SparseRows rows, int zeros) {
    int[] terms = new int[2 * columnStarts[rows.columns()]];
    for (int k = 0; k < terms.length; k += 2) {
      terms[k + 1] = zeros;
    }
    int[] next = columnStarts.clone();
    for (int row = 0; row < rows.rows(); row++) {
      for (int entry = rows.start(row); entry < rows.start(row + 1); entry++) {
        if (!rows.isFiller(entry)) {
          int k = 2 * next[rows.column(entry)]++;
          terms[k] = entry;
          terms[k + 1] = row * outGradient.batch();
        }
      }
    }
    return terms;
  }

  @Override
  public void backward(float[] arena, float scale, Nesterov rule) {
    if (layer.isRectified()) {
      Activations out = layer.out();
      kernels.reluBackward(arena, out.first(), outGradient.first(), out.length());
    }
    if (inGradient != null) {
      inputGradient(arena);
    }
    if (rule.isStill()) {
      return;
    }
    updateWeights(arena, scale, rule);
    bias.update(arena, scale, rule);
  }

  private void inputGradient(float[] arena) {
    for (int column = 0; column < inGradient.features(); column++) {
      toInput.from = columnStarts[column];
      toInput.to = columnStarts[column + 1];
      toInput.target = inGradient.origin() + column * inGradient.batch();
      toInput.across(kernels, arena, inGradient.chunks(), outGradient.origin());
    }
  }

  private void updateWeights(float[] arena, float scale, Nesterov rule) {
    SparseRows rows = layer.rows();
    int row = 0;
    for (int strip = 0; strip < rows.entries(); strip += STRIP) {
      int end = Math.min(strip + STRIP, rows.entries());
      int padded = Arena.padded(end - strip);
      Arrays.fill(arena, sums, sums + padded * Kernels.SUMS, 0f);
      int entry = strip;
      while (entry < end) {
        while (rows.start(row + 1) <= entry) {
          row++;
        }
        int to = Math.min(end, rows.start(row + 1));
        addDots(arena, row, entry, to, sums + (entry - strip) * Kernels.SUMS);
        entry = to;
      }
      kernels.sumUp(arena, sums, gradient, padded);
      kernels.update(arena, gradient, layer.weights(), strip, padded, scale, rule);
    }
  }

  private void addDots(float[] arena, int row, int from, int to, int target) {
    int[] terms = layer.terms();
    int left = outGradient.origin() + row * outGradient.batch();
    int right = layer.in().origin();
    int chunks = outGradient.chunks();
    int chunk = 0;
    for (; chunk + 4 <= chunks; chunk += 4) {
      int at = chunk * Kernels.BLOCK;
      kernels.dotsOfFour(arena, terms, from, to, left + at, right + at, target);
    }
    for (; chunk < chunks; chunk++) {
      int at = chunk * Kernels.BLOCK;
      kernels.dotsOfOne(arena, terms, from, to, left + at, right + at, target);
    }
  }
}
