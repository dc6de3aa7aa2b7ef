package io.secateur.kernel;

/**
 * Where the values of a minibatch lie: blocks of 16 examples innermost, feature-major. Images that
 * a convolution reads are [chunk][channel][height][width][16] with a border of zeros as wide as its
 * padding; flat ones are [feature][batch], so that a dense layer's rows are contiguous. The steps
 * say which, so that every reader and writer takes both.
 *
 * @param origin the first float of chunk 0, channel 0, pixel (0, 0)
 * @param chunks blocks of 16 examples
 * @param channels of an image; all features of flat values that were never an image
 * @param height in pixels, without the border
 * @param width in pixels, without the border
 * @param chunkStep floats from a block of examples to the next
 * @param channelStep floats from a channel to the next
 * @param rowStep floats from a row of pixels to the one below
 * @param pixelStep floats from a pixel to its right neighbour
 * @param first the first float of the part of the arena, border included
 * @param length of that part
 */
public record Activations(
    int origin,
    int chunks,
    int channels,
    int height,
    int width,
    int chunkStep,
    int channelStep,
    int rowStep,
    int pixelStep,
    int first,
    int length) {
  private static final int PAGE_FLOATS = 1024;
  private static final int LINES_BETWEEN_CHANNELS = 5 * Kernels.BLOCK;

  /** Images for a convolution or a pool to read, with a border of zeros. */
  public static Activations images(
      Arena arena,
      int chunks,
      int channels,
      int height,
      int width,
      int borderHeight,
      int borderWidth) {
    int rowStep = (width + 2 * borderWidth) * Kernels.BLOCK;
    int channelStep = (height + 2 * borderHeight) * rowStep;
    if (channelStep % (PAGE_FLOATS / 2) == 0) {
      // channels at the same place of their pages would throw each other out of the L1 cache
      channelStep += LINES_BETWEEN_CHANNELS;
    }
    int chunkStep = Math.multiplyExact(channels, channelStep);
    int length = Math.multiplyExact(chunks, chunkStep);
    int first = arena.reserve(length);
    int origin = first + borderHeight * rowStep + borderWidth * Kernels.BLOCK;
    return new Activations(
        origin,
        chunks,
        channels,
        height,
        width,
        chunkStep,
        channelStep,
        rowStep,
        Kernels.BLOCK,
        first,
        length);
  }

  /** Values for a dense layer to read; of an image [channels, height, width] in that order. */
  public static Activations flat(Arena arena, int chunks, int channels, int height, int width) {
    int batch = chunks * Kernels.BLOCK;
    int channelStep = Math.multiplyExact(height * width, batch);
    int length = Math.multiplyExact(channels, channelStep);
    int first = arena.reserve(length);
    return new Activations(
        first,
        chunks,
        channels,
        height,
        width,
        Kernels.BLOCK,
        channelStep,
        width * batch,
        batch,
        first,
        length);
  }

  /** Values of the same shape and layout in another part. */
  public Activations another(Arena arena) {
    int other = arena.reserve(length);
    return new Activations(
        other + origin - first,
        chunks,
        channels,
        height,
        width,
        chunkStep,
        channelStep,
        rowStep,
        pixelStep,
        other,
        length);
  }

  /** The first of the 16 floats of a pixel. */
  int at(int chunk, int channel, int y, int x) {
    return origin + chunk * chunkStep + channel * channelStep + y * rowStep + x * pixelStep;
  }

  /** Values of one example. */
  public int features() {
    return channels * height * width;
  }

  /** Columns: the examples that fit. */
  public int batch() {
    return chunks * Kernels.BLOCK;
  }

  boolean isFlat() {
    return chunkStep == Kernels.BLOCK;
  }

  /**
   * Puts examples in, and zeros into the columns behind them.
   *
   * @param rows [count][features]
   * @param count at most {@link #batch()}
   */
  public void fill(float[] arena, float[] rows, int count) {
    int features = features();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int lanes = Math.max(0, Math.min(Kernels.BLOCK, count - chunk * Kernels.BLOCK));
      int row = chunk * Kernels.BLOCK * features;
      for (int channel = 0; channel < channels; channel++) {
        for (int y = 0; y < height; y++) {
          int target = at(chunk, channel, y, 0);
          int source = row + (channel * height + y) * width;
          if (lanes == Kernels.BLOCK) {
            fillWholeRow(arena, target, rows, source, features);
          } else {
            fillRow(arena, target, rows, source, features, lanes);
          }
        }
      }
    }
  }

  /** Written out: a loop over the lanes is too long for the compiler to unroll. */
  private void fillWholeRow(float[] arena, int target, float[] rows, int source, int features) {
    for (int x = 0; x < width; x++) {
      int to = target + x * pixelStep;
      int from = source + x;
      arena[to] = rows[from];
      arena[to + 1] = rows[from + features];
      arena[to + 2] = rows[from + 2 * features];
      arena[to + 3] = rows[from + 3 * features];
      arena[to + 4] = rows[from + 4 * features];
      arena[to + 5] = rows[from + 5 * features];
      arena[to + 6] = rows[from + 6 * features];
      arena[to + 7] = rows[from + 7 * features];
      arena[to + 8] = rows[from + 8 * features];
      arena[to + 9] = rows[from + 9 * features];
      arena[to + 10] = rows[from + 10 * features];
      arena[to + 11] = rows[from + 11 * features];
      arena[to + 12] = rows[from + 12 * features];
      arena[to + 13] = rows[from + 13 * features];
      arena[to + 14] = rows[from + 14 * features];
      arena[to + 15] = rows[from + 15 * features];
    }
  }

  private void fillRow(
      float[] arena, int target, float[] rows, int source, int features, int lanes) {
    for (int x = 0; x < width; x++) {
      int to = target + x * pixelStep;
      int from = source + x;
      for (int lane = 0; lane < lanes; lane++) {
        arena[to + lane] = rows[from + lane * features];
      }
      for (int lane = lanes; lane < Kernels.BLOCK; lane++) {
        arena[to + lane] = 0f;
      }
    }
  }
}
