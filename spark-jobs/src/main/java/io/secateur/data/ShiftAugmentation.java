package io.secateur.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Moves training images by up to so many pixels, the uncovered border becoming 0. The shift (dx,
 * dy) of a row is uniform over all (2s + 1)^2 pairs in [-s, s] x [-s, s] and a pure function of
 * (seed, epoch, global row).
 */
public final class ShiftAugmentation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long PURPOSE = Seeds.of("shift-pixels");

  private final int pixels;
  private final long seed;

  private ShiftAugmentation(int pixels, long seed) {
    this.pixels = pixels;
    this.seed = seed;
  }

  /** Rows stay where they are. */
  public static ShiftAugmentation none() {
    return new ShiftAugmentation(0, 0L);
  }

  /**
   * Shifts by up to {@code pixels}; 0 is the same as {@link #none()}.
   *
   * @throws IllegalArgumentException when pixels is not in [0, 127]
   */
  public static ShiftAugmentation upTo(int pixels, long seed) {
    if (pixels < 0 || pixels > 127) {
      throw new IllegalArgumentException("shift of " + pixels + " pixels is not in [0, 127]");
    }
    return new ShiftAugmentation(pixels, seed);
  }

  /** What {@link #shiftOf} needs to know of an epoch. */
  long epochSeed(int epoch) {
    return Seeds.mix(PURPOSE, seed, epoch);
  }

  /** The number of the shift of a row: (dy + s) (2s + 1) + (dx + s). */
  int shiftOf(long epochSeed, long globalRow) {
    int side = 2 * pixels + 1;
    return pixels == 0 ? 0 : Seeds.bounded(Seeds.mix(epochSeed, globalRow), side * side);
  }

  /** How far a shift moves an image to the right; negative is to the left. */
  int dx(int shift) {
    return shift % (2 * pixels + 1) - pixels;
  }

  /** How far a shift moves an image down; negative is up. */
  int dy(int shift) {
    return shift / (2 * pixels + 1) - pixels;
  }

  /**
   * Writes one image, all its channels shifted alike and scaled, into features from the offset on.
   */
  static void write(
      byte[] images, int from, ImageShape shape, int dx, int dy, float[] features, int to) {
    int plane = shape.height() * shape.width();
    for (int offset = 0; offset < shape.pixels(); offset += plane) {
      writePlane(
          images, from + offset, shape.height(), shape.width(), dx, dy, features, to + offset);
    }
  }

  private static void writePlane(
      byte[] images, int from, int height, int width, int dx, int dy, float[] features, int to) {
    int firstRow = Math.min(height, Math.max(0, dy));
    int endRow = Math.max(firstRow, Math.min(height, height + dy));
    int firstColumn = Math.min(width, Math.max(0, dx));
    int endColumn = Math.max(firstColumn, Math.min(width, width + dx));
    Arrays.fill(features, to, to + firstRow * width, 0f);
    for (int row = firstRow; row < endRow; row++) {
      int target = to + row * width;
      Arrays.fill(features, target, target + firstColumn, 0f);
      PixelScaling.scale(
          images,
          from + (row - dy) * width + firstColumn - dx,
          features,
          target + firstColumn,
          endColumn - firstColumn);
      Arrays.fill(features, target + endColumn, target + width, 0f);
    }
    Arrays.fill(features, to + endRow * width, to + height * width, 0f);
  }
}
