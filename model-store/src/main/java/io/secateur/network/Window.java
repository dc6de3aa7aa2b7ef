package io.secateur.network;

/**
 * How a convolution or a pool slides over [height, width]; sizes in pixels. Padding is on both
 * sides; a last window that would not fit whole is left out.
 *
 * @param kernelHeight at least 1
 * @param kernelWidth at least 1
 * @param strideHeight at least 1
 * @param strideWidth at least 1
 * @param paddingHeight at least 0, below the kernel's height
 * @param paddingWidth at least 0, below the kernel's width
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth) {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when a part is out of its bounds
   */
  public Window {
    if (kernelHeight < 1
        || kernelWidth < 1
        || strideHeight < 1
        || strideWidth < 1
        || paddingHeight < 0
        || paddingWidth < 0
        || paddingHeight >= kernelHeight
        || paddingWidth >= kernelWidth) {
      throw new IllegalArgumentException(
          String.format(
              "a window has kernel and stride >= 1 and 0 <= padding < kernel,"
                  + " found kernel %dx%d, stride %dx%d, padding %dx%d",
              kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth));
    }
  }

  public static Window square(int kernel, int stride, int padding) {
    return new Window(kernel, kernel, stride, stride, padding, padding);
  }

  /**
   * The windows that fit into {@code height}: floor((height + 2 padding - kernel) / stride) + 1.
   */
  public int outputHeight(int height) {
    return fitting(height, kernelHeight, strideHeight, paddingHeight);
  }

  /** The windows that fit into {@code width}. */
  public int outputWidth(int width) {
    return fitting(width, kernelWidth, strideWidth, paddingWidth);
  }

  private static int fitting(int size, int kernel, int stride, int padding) {
    long slack = size + 2L * padding - kernel;
    if (slack < 0) {
      throw new IllegalArgumentException(
          "a window of " + kernel + " with padding " + padding + " does not fit into " + size);
    }
    return Math.toIntExact(slack / stride + 1);
  }
}
