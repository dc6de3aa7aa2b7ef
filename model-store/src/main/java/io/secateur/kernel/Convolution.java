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
  private static final int PIXELS = 4;
  private static final int TILE_STEP = PIXELS * Kernels.BLOCK;

  private final Kernels kernels;
  private final Activations in;
  private final Activations out;
  private final Activations places;
  private final Filter filter;
  private final Trained weights;
  private final Bias bias;
  private final float low;
  private final int stride;
  private final int tile;
  private final int zeros;
  private final int[] origins;
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
    this.low = low;
    this.bias = new Bias(arena, bias, out.channels());
    this.stride = stride(out.channels());
    this.tile = arena.reserve(Kernels.ROWS * TILE_STEP);
    this.origins = places == null ? pixelOrigins() : windowOrigins();
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

  /** Where the window of an output pixel begins, from pixel (0, 0) of the image. */
  private int originOf(int y, int x) {
    return (y * filter.strideHeight() - filter.paddingHeight()) * in.rowStep()
        + (x * filter.strideWidth() - filter.paddingWidth()) * in.pixelStep();
  }

  /** All pixels in order; the last four are filled up with the last one. */
  private int[] pixelOrigins() {
    int pixels = out.height() * out.width();
    int[] all = new int[(pixels + PIXELS - 1) / PIXELS * PIXELS];
    for (int i = 0; i < all.length; i++) {
      int pixel = Math.min(i, pixels - 1);
      all[i] = originOf(pixel / out.width(), pixel % out.width());
    }
    return all;
  }

  private int[] windowOrigins() {
    int[] all = new int[PIXELS * out.height() * out.width()];
    for (int i = 0; i < all.length; i++) {
      int y = i / PIXELS / out.width();
      int x = i / PIXELS % out.width();
      all[i] = originOf(2 * y + i % PIXELS / 2, 2 * x + i % 2);
    }
    return all;
  }

  @Override
  public void forward(float[] arena) {
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
          if (places == null) {
            keep(arena, chunk, output, rows, i);
          } else {
            keepLargest(arena, chunk, output, rows, i / PIXELS);
          }
        }
      }
    }
  }

  private void keep(float[] arena, int chunk, int output, int rows, int firstPixel) {
    int pixels = Math.min(PIXELS, out.height() * out.width() - firstPixel);
    for (int row = 0; row < rows; row++) {
      float add = bias.of(arena, output + row);
      for (int i = 0; i < pixels; i++) {
        int y = (firstPixel + i) / out.width();
        int x = (firstPixel + i) % out.width();
        int target = out.at(chunk, output + row, y, x);
        kernels.biasAndBound(arena, tile + row * TILE_STEP + i * Kernels.BLOCK, target, add, low);
      }
    }
  }

  private void keepLargest(float[] arena, int chunk, int output, int rows, int window) {
    int y = window / out.width();
    int x = window % out.width();
    for (int row = 0; row < rows; row++) {
      kernels.largestOfFour(
          arena,
          tile + row * TILE_STEP,
          out.at(chunk, output + row, y, x),
          places.at(chunk, output + row, y, x),
          bias.of(arena, output + row),
          low);
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
    return low == 0f;
  }

  /** The height of the unpooled map. */
  int mapHeight() {
    return places == null ? out.height() : filter.mapHeight(in.height());
  }

  /** The width of the unpooled map. */
  int mapWidth() {
    return places == null ? out.width() : filter.mapWidth(in.width());
  }
}
