package io.secateur.kernel;

/**
 * A convolution with a stride of 1 of the weights that survive alone, without im2col: a row of
 * {@link SparseRows} is an output, its columns are (channel, kernel row, kernel column). Each
 * survivor is multiplied with the pixels that its tap sees; a halving pool and the ReLU before it
 * are part of it, as in {@link Convolution}.
 */
public final class SparseConvolution implements Layer {
  private final Kernels kernels;
  private final SparseRows rows;
  private final Trained weights;
  private final Bias bias;
  private final PixelGroups pixels;
  private final int tile;
  private final SparseProduct product;

  /**
   * A convolution, with the pool that follows it or without.
   *
   * @param in images with a border of at least the filter's padding
   * @param out what leaves the pool, or the convolution
   * @param rows [outputs, channels x taps]
   * @param weights the values of the entries; fillers are zero
   * @param bias null when there is none
   * @param low what outputs are cut off at: 0 for ReLU, else negative infinity
   * @throws IllegalArgumentException when a stride is not 1
   */
  private SparseConvolution(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      Activations places,
      SparseRows rows,
      Trained weights,
      Trained bias,
      float low) {
    if (!isPossible(filter)) {
      throw new IllegalArgumentException("a sparse convolution of " + filter);
    }
    this.kernels = kernels;
    this.rows = rows;
    this.weights = weights;
    this.bias = new Bias(arena, bias, out.channels());
    this.pixels = new PixelGroups(kernels, in, out, places, filter, low);
    this.tile = arena.reserve(PixelGroups.PIXELS * Kernels.BLOCK);
    this.product = new SparseProduct(termsOf());
    product.left = weights.values();
    product.target = tile;
  }

  /**
   * A convolution whose output is kept.
   *
   * @param in images with a border of at least the filter's padding
   * @param rows [outputs, channels x taps]
   * @param weights the values of the entries; fillers are zero
   * @param bias null when there is none
   * @param low what outputs are cut off at: 0 for ReLU, else negative infinity
   * @throws IllegalArgumentException when {@link #isPossible} does not hold
   */
  public static SparseConvolution of(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      SparseRows rows,
      Trained weights,
      Trained bias,
      float low) {
    return new SparseConvolution(kernels, arena, filter, in, out, null, rows, weights, bias, low);
  }

  /**
   * A convolution with the halving pool that follows it.
   *
   * @param out what the pool gives
   */
  public static SparseConvolution pooled(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      SparseRows rows,
      Trained weights,
      Trained bias,
      float low) {
    Activations places = out.another(arena);
    return new SparseConvolution(kernels, arena, filter, in, out, places, rows, weights, bias, low);
  }

  /** Whether a filter's strides are 1: neighbouring pixels see neighbouring pixels. */
  public static boolean isPossible(Filter filter) {
    return filter.strideHeight() == 1 && filter.strideWidth() == 1;
  }

  /** (entry, where its tap is in the window); a filler is zero whatever it is multiplied with. */
  private int[] termsOf() {
    int[] terms = new int[Math.multiplyExact(2, rows.entries())];
    Filter filter = filter();
    for (int entry = 0; entry < rows.entries(); entry++) {
      terms[2 * entry] = entry;
      if (!rows.isFiller(entry)) {
        int column = rows.column(entry);
        terms[2 * entry + 1] =
            column / filter.taps() * in().channelStep()
                + column % filter.taps() / filter.width() * in().rowStep()
                + column % filter.width() * in().pixelStep();
      }
    }
    return terms;
  }

  @Override
  public void forward(float[] arena) {
    for (int chunk = 0; chunk < in().chunks(); chunk++) {
      for (int output = 0; output < rows.rows(); output++) {
        product.from = rows.start(output);
        product.to = rows.start(output + 1);
        forward(arena, chunk, output);
      }
    }
  }

  private void forward(float[] arena, int chunk, int output) {
    int image = in().at(chunk, 0, 0, 0);
    int[] origins = pixels.origins();
    float add = bias.of(arena, output);
    for (int i = 0; i < origins.length; i += PixelGroups.PIXELS) {
      product.right0 = image + origins[i];
      product.right1 = image + origins[i + 1];
      product.right2 = image + origins[i + 2];
      product.right3 = image + origins[i + 3];
      kernels.gatherFour(arena, product);
      pixels.keep(arena, chunk, output, i / PixelGroups.PIXELS, tile, add);
    }
  }

  Kernels kernels() {
    return kernels;
  }

  Activations in() {
    return pixels.in();
  }

  Filter filter() {
    return pixels.filter();
  }

  PixelGroups pixels() {
    return pixels;
  }

  SparseRows rows() {
    return rows;
  }

  Trained weights() {
    return weights;
  }

  Bias bias() {
    return bias;
  }

  /** (entry, where its tap is in the window) of every entry. */
  int[] terms() {
    return product.terms;
  }
}
