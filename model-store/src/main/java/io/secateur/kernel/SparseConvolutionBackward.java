package io.secateur.kernel;

import java.util.Arrays;

/**
 * The gradients of a {@link SparseConvolution}, of its pool and its ReLU, 16 examples at a time:
 * the gradient of their map is unpooled once, between borders of zeros, and read twice.
 *
 * <p>dW: four neighbouring pixels of the map are 64 floats in a row, as what a tap sees of the
 * image is, so each entry is a dot product of the two, summed over the map. dx: a pixel sums over
 * the entries of its channel, which are grouped by kernel row; those rows that meet the map are one
 * range, and columns that do not meet it read the border.
 */
public final class SparseConvolutionBackward implements Backward {
  private static final int PIXELS = PixelGroups.PIXELS;

  private final Kernels kernels;
  private final SparseConvolution layer;
  private final Activations outGradient;
  private final Activations inGradient;
  private final BiasBackward bias;
  private final Activations map;
  private final int sums;
  private final int gradient;
  private final int length;
  private final int[] fillers;
  private final int tile;
  private final int[] starts;
  private final SparseProduct toInput;

  /**
   * @param outGradient of the layer's output; overwritten when the layer has a ReLU
   * @param inGradient images; null when nobody reads it
   */
  public SparseConvolutionBackward(
      Arena arena, SparseConvolution layer, Activations outGradient, Activations inGradient) {
    this.kernels = layer.kernels();
    this.layer = layer;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.bias = new BiasBackward(kernels, arena, layer.bias(), outGradient);
    SparseRows rows = layer.rows();
    PixelGroups pixels = layer.pixels();
    int border = inGradient == null ? 0 : layer.filter().width() - 1;
    this.map =
        Activations.images(arena, 1, rows.rows(), pixels.mapHeight(), pixels.mapWidth(), 0, border);
    this.length = Arena.padded(rows.entries());
    this.sums = arena.reserve(length * Kernels.SUMS);
    this.gradient = arena.reserve(length);
    this.fillers = fillers(rows);
    this.tile = arena.reserve(PIXELS * Kernels.BLOCK);
    if (inGradient == null) {
      this.starts = null;
      this.toInput = null;
    } else {
      this.starts = starts();
      int zero = arena.reserve(1) - layer.weights().values();
      this.toInput = new SparseProduct(channelTerms(zero));
      toInput.left = layer.weights().values();
      toInput.target = tile;
    }
  }

  private static int[] fillers(SparseRows rows) {
    int[] fillers = new int[rows.entries() - rows.survivors()];
    int next = 0;
    for (int entry = 0; entry < rows.entries(); entry++) {
      if (rows.isFiller(entry)) {
        fillers[next++] = entry;
      }
    }
    return fillers;
  }

  /** (channel, kernel row) of an entry, as one number. */
  private int groupOf(int entry) {
    return layer.rows().column(entry) / layer.filter().width();
  }

  /** Where the terms of each (channel, kernel row) begin; their number is even. */
  private int[] starts() {
    SparseRows rows = layer.rows();
    int[] all = new int[rows.columns() / layer.filter().width() + 1];
    for (int entry = 0; entry < rows.entries(); entry++) {
      if (!rows.isFiller(entry)) {
        all[groupOf(entry) + 1]++;
      }
    }
    for (int group = 1; group < all.length; group++) {
      all[group] = all[group - 1] + (all[group] + 1) / 2 * 2;
    }
    return all;
  }

  /** (entry, where the map's pixel is that its tap saw this pixel from), outputs ascending. */
  private int[] channelTerms(int zero) {
    SparseRows rows = layer.rows();
    Filter filter = layer.filter();
    int[] terms = new int[2 * starts[starts.length - 1]];
    for (int k = 0; k < terms.length; k += 2) {
      terms[k] = zero;
    }
    int[] next = starts.clone();
    for (int output = 0; output < rows.rows(); output++) {
      for (int entry = rows.start(output); entry < rows.start(output + 1); entry++) {
        if (!rows.isFiller(entry)) {
          int k = 2 * next[groupOf(entry)]++;
          int kernelRow = groupOf(entry) % filter.height();
          int kernelColumn = rows.column(entry) % filter.width();
          terms[k] = entry;
          terms[k + 1] =
              output * map.channelStep()
                  - kernelRow * map.rowStep()
                  - kernelColumn * map.pixelStep();
        }
      }
    }
    // what fills up reads a pixel that is there
    for (int group = 0; group + 1 < starts.length; group++) {
      for (int k = next[group]; k < starts[group + 1]; k++) {
        terms[2 * k + 1] = terms[2 * k - 1];
      }
    }
    return terms;
  }

  @Override
  public void backward(float[] arena, float scale, Nesterov rule) {
    PixelGroups pixels = layer.pixels();
    if (pixels.isRectified()) {
      Activations out = pixels.out();
      kernels.reluBackward(arena, out.first(), outGradient.first(), out.length());
    }
    Arrays.fill(arena, sums, sums + length * Kernels.SUMS, 0f);
    for (int chunk = 0; chunk < outGradient.chunks(); chunk++) {
      for (int output = 0; output < map.channels(); output++) {
        if (pixels.places() == null) {
          copy(arena, chunk, output);
        } else {
          unpool(arena, chunk, output);
        }
        if (!rule.isStill()) {
          addDots(arena, chunk, output);
        }
      }
      if (inGradient != null) {
        inputGradient(arena, chunk);
      }
    }
    if (!rule.isStill()) {
      update(arena, scale, rule);
    }
  }

  private void update(float[] arena, float scale, Nesterov rule) {
    kernels.sumUp(arena, sums, gradient, length);
    for (int filler : fillers) {
      arena[gradient + filler] = 0f;
    }
    kernels.update(arena, gradient, layer.weights(), 0, length, scale, rule);
    bias.update(arena, scale, rule);
  }

  private void copy(float[] arena, int chunk, int output) {
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int from = outGradient.at(chunk, output, y, x);
        System.arraycopy(arena, from, arena, map.at(0, output, y, x), Kernels.BLOCK);
      }
    }
  }

  private void unpool(float[] arena, int chunk, int output) {
    Activations places = layer.pixels().places();
    for (int y = 0; y < outGradient.height(); y++) {
      for (int x = 0; x < outGradient.width(); x++) {
        int to = map.at(0, output, 2 * y, 2 * x);
        kernels.spreadToFour(
            arena,
            outGradient.at(chunk, output, y, x),
            places.at(chunk, output, y, x),
            to,
            to + map.pixelStep(),
            to + map.rowStep(),
            to + map.rowStep() + map.pixelStep());
      }
    }
  }

  private void addDots(float[] arena, int chunk, int output) {
    int[] terms = layer.terms();
    int from = layer.rows().start(output);
    int to = layer.rows().start(output + 1);
    int target = sums + from * Kernels.SUMS;
    int top = -layer.filter().paddingHeight();
    int leftmost = -layer.filter().paddingWidth();
    for (int y = 0; y < map.height(); y++) {
      int left = map.at(0, output, y, 0);
      int right = layer.in().at(chunk, 0, top + y, leftmost);
      int x = 0;
      for (; x + PIXELS <= map.width(); x += PIXELS) {
        int at = x * Kernels.BLOCK;
        kernels.dotsOfFour(arena, terms, from, to, left + at, right + at, target);
      }
      for (; x < map.width(); x++) {
        int at = x * Kernels.BLOCK;
        kernels.dotsOfOne(arena, terms, from, to, left + at, right + at, target);
      }
    }
  }

  private void inputGradient(float[] arena, int chunk) {
    Filter filter = layer.filter();
    for (int channel = 0; channel < inGradient.channels(); channel++) {
      int group = channel * filter.height();
      for (int y = 0; y < inGradient.height(); y++) {
        int below = y + filter.paddingHeight();
        int first = Math.max(0, below - map.height() + 1);
        int end = Math.max(first, Math.min(filter.height(), below + 1));
        toInput.from = starts[group + first];
        toInput.to = starts[group + end];
        int right = map.at(0, 0, below, filter.paddingWidth());
        for (int x = 0; x < inGradient.width(); x += PIXELS) {
          inputGradient(arena, inGradient.at(chunk, channel, y, x), right, x);
        }
      }
    }
  }

  /** Up to four neighbouring pixels; behind the last one it is computed again. */
  private void inputGradient(float[] arena, int target, int right, int x) {
    int last = inGradient.width() - 1;
    toInput.right0 = right + x * Kernels.BLOCK;
    toInput.right1 = right + Math.min(x + 1, last) * Kernels.BLOCK;
    toInput.right2 = right + Math.min(x + 2, last) * Kernels.BLOCK;
    toInput.right3 = right + Math.min(x + 3, last) * Kernels.BLOCK;
    kernels.gatherFour(arena, toInput);
    int floats = Math.min(PIXELS, last + 1 - x) * Kernels.BLOCK;
    System.arraycopy(arena, tile, arena, target, floats);
  }
}
