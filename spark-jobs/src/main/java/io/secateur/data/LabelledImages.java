package io.secateur.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Images with their labels: pixels [count][channels x height x width] row-major, 0 to 255; labels
 * [count], each in [0, classes). Immutable as long as nobody writes into the arrays that {@link
 * #pixels()} and {@link #labels()} hand out.
 */
public final class LabelledImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] pixels;
  private final short[] labels;
  private final ImageShape shape;
  private final int classes;

  private LabelledImages(byte[] pixels, short[] labels, ImageShape shape, int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.shape = shape;
    this.classes = classes;
  }

  /**
   * Takes the arrays as they are, without a copy.
   *
   * @throws IllegalArgumentException when their lengths do not fit together
   */
  public static LabelledImages wrapping(
      byte[] pixels, short[] labels, ImageShape shape, int classes) {
    if ((long) labels.length * shape.pixels() != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not " + labels.length + " images of " + shape);
    }
    return new LabelledImages(pixels, labels, shape, classes);
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  /** The shape of one image. */
  public ImageShape imageShape() {
    return shape;
  }

  /** Channels x height x width. */
  public int pixelsPerRow() {
    return shape.pixels();
  }

  /** The pixels themselves, not a copy: unsigned bytes, [count][channels x height x width]. */
  public byte[] pixels() {
    return pixels;
  }

  /** The labels themselves, not a copy: unsigned, [count]. */
  public short[] labels() {
    return labels;
  }

  /** The label of one row, in [0, classes). */
  public int label(int row) {
    return Short.toUnsignedInt(labels[row]);
  }

  /** A copy of the rows [from, to). */
  public LabelledImages range(int from, int to) {
    int size = pixelsPerRow();
    return new LabelledImages(
        Arrays.copyOfRange(pixels, from * size, to * size),
        Arrays.copyOfRange(labels, from, to),
        shape,
        classes);
  }

  /**
   * Writes the rows [from, from + count) as a network's input, scaled exactly as {@link
   * MinibatchReader} does: features [count][channels x height x width] = pixel / 255, labels
   * [count].
   */
  public void fill(int from, int count, float[] features, int[] rowLabels) {
    PixelScaling.scale(pixels, from * pixelsPerRow(), features, 0, count * pixelsPerRow());
    for (int i = 0; i < count; i++) {
      rowLabels[i] = label(from + i);
    }
  }
}
