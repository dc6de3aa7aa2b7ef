package io.secateur.kernel;

/**
 * The pixels of a convolution's map in groups of four, and what becomes of a group's sums: kept, or
 * the largest of a halving pool's window. Both with bias and ReLU.
 */
final class PixelGroups {
  static final int PIXELS = 4;

  private final Kernels kernels;
  private final Activations in;
  private final Activations out;
  private final Activations places;
  private final Filter filter;
  private final float low;
  private final int[] origins;

  /**
   * @param places receives which pixel of its window each value is from; null without a pool
   * @param low what outputs are cut off at
   */
  PixelGroups(
      Kernels kernels,
      Activations in,
      Activations out,
      Activations places,
      Filter filter,
      float low) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.places = places;
    this.filter = filter;
    this.low = low;
    this.origins = places == null ? pixelOrigins() : windowOrigins();
  }

  /** Where the windows of all pixels begin, from pixel (0, 0) of the image, four for a group. */
  int[] origins() {
    return origins;
  }

  /** Where the window of a pixel of the map begins. */
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

  /**
   * Writes the values of a group.
   *
   * @param tile the first of its 64 sums
   */
  void keep(float[] arena, int chunk, int output, int group, int tile, float bias) {
    if (places == null) {
      keepAll(arena, chunk, output, group * PIXELS, tile, bias);
      return;
    }
    int y = group / out.width();
    int x = group % out.width();
    int target = out.at(chunk, output, y, x);
    kernels.largestOfFour(arena, tile, target, places.at(chunk, output, y, x), bias, low);
  }

  private void keepAll(float[] arena, int chunk, int output, int firstPixel, int tile, float bias) {
    int pixels = Math.min(PIXELS, out.height() * out.width() - firstPixel);
    for (int i = 0; i < pixels; i++) {
      int y = (firstPixel + i) / out.width();
      int x = (firstPixel + i) % out.width();
      int target = out.at(chunk, output, y, x);
      kernels.biasAndBound(arena, tile + i * Kernels.BLOCK, target, Kernels.BLOCK, bias, low);
    }
  }

  Activations in() {
    return in;
  }

  Activations out() {
    return out;
  }

  Activations places() {
    return places;
  }

  Filter filter() {
    return filter;
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
