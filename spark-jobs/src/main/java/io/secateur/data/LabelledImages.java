package io.secateur.data;

import io.secateur.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Images with their labels, as raw bytes: pixels [count][height x width] row-major, 0 to 255;
 * labels [count], each in [0, classes). Immutable as long as nobody writes into the arrays that
 * {@link #pixels()} and {@link #labels()} hand out.
 */
public final class LabelledImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] pixels;
  private final byte[] labels;
  private final int height;
  private final int width;
  private final int classes;

  private LabelledImages(byte[] pixels, byte[] labels, int height, int width, int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.height = height;
    this.width = width;
    this.classes = classes;
  }

  /**
   * Takes the arrays as they are, without a copy.
   *
   * @throws IllegalArgumentException when their lengths do not fit together
   */
  public static LabelledImages wrapping(
      byte[] pixels, byte[] labels, int height, int width, int classes) {
    if ((long) labels.length * height * width != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length
              + " pixels are not "
              + labels.length
              + " images of "
              + height
              + " x "
              + width);
    }
    return new LabelledImages(pixels, labels, height, width, classes);
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  /** The shape of one image: [1, height, width]. */
  public Shape imageShape() {
    return Shape.of(1, height, width);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** Height x width. */
  public int pixelsPerRow() {
    return height * width;
  }

  /** The pixels themselves, not a copy: unsigned bytes, [count][height x width]. */
  public byte[] pixels() {
    return pixels;
  }

  /** The labels themselves, not a copy: unsigned bytes, [count]. */
  public byte[] labels() {
    return labels;
  }

  /** The label of one row, in [0, classes). */
  public int label(int row) {
    return labels[row] & 0xFF;
  }

  /** A copy of the rows [from, to). */
  public LabelledImages range(int from, int to) {
    int size = pixelsPerRow();
    return new LabelledImages(
        Arrays.copyOfRange(pixels, from * size, to * size),
        Arrays.copyOfRange(labels, from, to),
        height,
        width,
        classes);
  }

  /**
   * Writes the rows [from, from + count) as a network's input, scaled exactly as {@link
   * MinibatchReader} does: features [count][height x width] = pixel / 255, labels [count].
   */
  public void fill(int from, int count, float[] features, int[] rowLabels) {
    PixelScaling.scale(pixels, from * pixelsPerRow(), features, 0, count * pixelsPerRow());
    for (int i = 0; i < count; i++) {
      rowLabels[i] = label(from + i);
    }
  }
}
