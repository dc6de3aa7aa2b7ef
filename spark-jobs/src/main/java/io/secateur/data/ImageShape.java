package io.secateur.data;

import io.secateur.tensor.Shape;
import java.io.Serializable;

/**
 * The size of an image, whose pixels lie plane by plane: [channels][height][width], row-major.
 *
 * @param channels 1 for grey, 3 for red, green and blue; at least 1
 * @param height at least 1
 * @param width at least 1
 */
public record ImageShape(int channels, int height, int width) implements Serializable {
  /** Checks the bounds. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "found an image of %d x %d x %d; expected at least 1 channel, row and column"
              .formatted(channels, height, width));
    }
  }

  /**
   * The inverse of {@link #toString()}.
   *
   * @throws IllegalArgumentException when the text is not three numbers of at least 1
   */
  static ImageShape parse(String text) {
    String[] sizes = text.split("x", -1);
    if (sizes.length != 3) {
      throw new IllegalArgumentException("shape " + text + " is not channels x height x width");
    }
    return new ImageShape(
        Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  /** Channels x height x width. */
  public int pixels() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** [channels, height, width]. */
  public Shape toShape() {
    return Shape.of(channels, height, width);
  }

  /** Such as 1x28x28. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
