package io.secateur.network;

import io.secateur.tensor.Shape;

/**
 * Where the values of one example lie: places counted from 0, [channel][row][column] with a border
 * of zeros as wide as the padding of the convolutions that read them. Flat values are channels of
 * one pixel.
 */
final class Plane {
  /** A step between channels that the L1 cache would map to the same lines. */
  private static final int BAD_STEP = 32;

  private static final int DETOUR = 5;

  final int channels;
  final int height;
  final int width;
  final int rowStep;
  final int channelStep;
  private final int origin;
  private final boolean flat;

  private Plane(
      int channels,
      int height,
      int width,
      int borderHeight,
      int borderWidth,
      int detour,
      boolean flat) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.rowStep = width + 2 * borderWidth;
    this.channelStep = Math.multiplyExact(height + 2 * borderHeight, rowStep) + detour;
    this.origin = borderHeight * rowStep + borderWidth;
    this.flat = flat;
    Math.multiplyExact(channels, channelStep);
  }

  /** Values that no convolution reads: without gaps, so that place and flat index are the same. */
  static Plane compact(Shape shape) {
    if (shape.rank() == 3) {
      return new Plane(shape.dim(0), shape.dim(1), shape.dim(2), 0, 0, 0, true);
    }
    return new Plane(shape.elements(), 1, 1, 0, 0, 0, true);
  }

  /** Images [channels, height, width] for convolutions with at most this padding. */
  static Plane bordered(Shape image, int borderHeight, int borderWidth) {
    int rows = image.dim(1) + 2 * borderHeight;
    int columns = image.dim(2) + 2 * borderWidth;
    int detour = (long) rows * columns % BAD_STEP == 0 ? DETOUR : 0;
    return new Plane(
        image.dim(0), image.dim(1), image.dim(2), borderHeight, borderWidth, detour, false);
  }

  /** The place of a pixel; rows and columns of the border are below 0 and from the size on. */
  int place(int channel, int y, int x) {
    return origin + channel * channelStep + y * rowStep + x;
  }

  /** The place of a value by its index in the example's row-major values. */
  int placeOf(int index) {
    int pixels = height * width;
    int pixel = index % pixels;
    return place(index / pixels, pixel / width, pixel % width);
  }

  /** Whether no convolution reads these values. */
  boolean isFlat() {
    return flat;
  }

  /** Values of one example. */
  int elements() {
    return channels * height * width;
  }

  /** Places, border included. */
  int length() {
    return channels * channelStep;
  }
}
