package io.secateur.kernel;

/**
 * How a convolution or a pool slides over an image; in pixels, as {@code
 * io.secateur.network.Window}.
 */
public record Filter(
    int height, int width, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth) {
  /** The 2 x 2 pool that halves an image: it is computed together with the convolution before. */
  public boolean isHalving() {
    return equals(new Filter(2, 2, 2, 2, 0, 0));
  }

  /** Windows from top to bottom of an image. */
  public int mapHeight(int imageHeight) {
    return (imageHeight + 2 * paddingHeight - height) / strideHeight + 1;
  }

  /** Windows from left to right of an image. */
  public int mapWidth(int imageWidth) {
    return (imageWidth + 2 * paddingWidth - width) / strideWidth + 1;
  }

  int taps() {
    return height * width;
  }
}
