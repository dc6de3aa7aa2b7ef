package io.secateur.tensor;

import static java.util.Objects.requireNonNull;

/** A tensor that holds every value. Equal tensors have the same shape and the same bits. */
public final class DenseTensor implements WeightTensor {
  private final Shape shape;
  private final float[] values;
  private final int nonZeros;

  private DenseTensor(Shape shape, float[] values) {
    this.shape = requireNonNull(shape, "shape");
    this.values = values;
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "a tensor of shape " + shape + " was given " + values.length + " values");
    }
    int count = 0;
    for (float value : values) {
      if (Float.floatToRawIntBits(value) != 0) {
        count++;
      }
    }
    this.nonZeros = count;
  }

  /**
   * A tensor of a copy of {@code values}.
   *
   * @throws IllegalArgumentException when there are not as many values as the shape has elements
   */
  public static DenseTensor of(Shape shape, float[] values) {
    return new DenseTensor(shape, values.clone());
  }

  /** As {@link #of} without the copy: the caller hands {@code values} over and forgets it. */
  public static DenseTensor wrapping(Shape shape, float[] values) {
    return new DenseTensor(shape, values);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int nonZeros() {
    return nonZeros;
  }

  @Override
  public float[] toDense() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenseTensor that
        && shape.equals(that.shape)
        && FloatBits.equal(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + FloatBits.hash(values);
  }

  @Override
  public String toString() {
    return "DenseTensor" + shape;
  }
}
