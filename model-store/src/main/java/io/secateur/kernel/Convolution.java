package io.secateur.kernel;

/**
 * Cross-correlation of images in blocks of 16 examples, without im2col: the terms of a product are
 * the offsets of (channel, kernel row, kernel column), its four columns are four pixels. W is
 * [channel][kernel row][kernel column][{@link #stride outputs}].
 *
 * <p>A pool that halves, behind the convolution or its ReLU, is part of it: the four pixels are
 * those of a window, the largest is kept with its place, and the unpooled map is never stored.
 */
public final class Convolution implements Layer {
  private static final int PIXELS = PixelGroups.PIXELS;
  private static final int TILE_STEP = PIXELS * Kernels.BLOCK;

  private final Kernels kernels;
  private final Activations in;
  private final Activations out;
  private final Activations places;
  private final Filter filter;
  private final Trained weights;
  private final Bias bias;
  private final int stride;
  private final int tile;
  private final int zeros;
  private final PixelGroups pixels;
  private final Product product;

  private Convolution(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      Activations places,
      Trained weights,
      Trained bias,
      float low) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.places = places;
    this.filter = filter;
    this.weights = weights;
    this.bias = new Bias(arena, bias, out.channels());
    this.stride = stride(out.channels());
    this.tile = arena.reserve(Kernels.ROWS * TILE_STEP);
    this.pixels = new PixelGroups(kernels, in, out, places, filter, low);
    this.zeros = arena.reserve(Kernels.BLOCK);
    this.product = new Product(terms(), 1, 0, 0, TILE_STEP);
  }

  /**
   * A convolution whose output is kept.
   *
   * @param in images with a border of at least the filter's padding
   * @param bias null when there is none
   * @param low what outputs are cut off at: 0 for ReLU, else negative infinity
   */
  public static Convolution of(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      Trained weights,
      Trained bias,
      float low) {
    return new Convolution(kernels, arena, filter, in, out, null, weights, bias, low);
  }

  /**
   * A convolution with the pool that follows it.
   *
   * @param out what the pool gives
   */
  public static Convolution pooled(
      Kernels kernels,
      Arena arena,
      Filter filter,
      Activations in,
      Activations out,
      Trained weights,
      Trained bias,
      float low) {
    Activations places = out.another(arena);
    return new Convolution(kernels, arena, filter, in, out, places, weights, bias, low);
  }

  /** Floats from a tap of W to the next: the outputs, padded. */
  public static int stride(int outputs) {
    return Arena.padded(outputs);
  }

  private int[] terms() {
    int[] terms = new int[2 * in.channels() * filter.taps()];
    int k = 0;
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int y = 0; y < filter.height(); y++) {
        for (int x = 0; x < filter.width(); x++) {
          terms[2 * k] = k * stride;
          terms[2 * k + 1] = channel * in.channelStep() + y * in.rowStep() + x * in.pixelStep();
          k++;
        }
      }
    }
    return terms;
  }

  @Override
  public void forward(float[] arena) {
    int[] origins = pixels.origins();
    for (int chunk = 0; chunk < in.chunks(); chunk++) {
      int image = in.at(chunk, 0, 0, 0);
      for (int output = 0; output < out.channels(); output += Kernels.ROWS) {
        int rows = Math.min(Kernels.ROWS, out.channels() - output);
        product.rows(rows, zeros, tile, weights.values() + output);
        for (int i = 0; i < origins.length; i += PIXELS) {
          product.right0 = image + origins[i];
          product.right1 = image + origins[i + 1];
          product.right2 = image + origins[i + 2];
          product.right3 = image + origins[i + 3];
          kernels.multiplyFour(arena, product);
          for (int row = 0; row < rows; row++) {
            int kept = output + row;
            pixels.keep(
                arena, chunk, kept, i / PIXELS, tile + row * TILE_STEP, bias.of(arena, kept));
          }
        }
      }
    }
  }

  Kernels kernels() {
    return kernels;
  }

  Activations in() {
    return in;
  }

  Activations out() {
    return out;
  }

  /** Which pixel of its window each kept value is from; null without a pool. */
  Activations places() {
    return places;
  }

  Filter filter() {
    return filter;
  }

  Trained weights() {
    return weights;
  }

  Bias bias() {
    return bias;
  }

  boolean isRectified() {
    return pixels.isRectified();
  }

  /** The height of the unpooled map. */
  int mapHeight() {
    return pixels.mapHeight();
  }

  /** The width of the unpooled map. */
  int mapWidth() {
    return pixels.mapWidth();
  }
}
