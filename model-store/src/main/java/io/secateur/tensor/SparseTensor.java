package io.secateur.tensor;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A tensor that holds its non-zeros: flat indices, strictly ascending, and a value of non-zero bits
 * for each. Equal tensors have the same shape, indices and bits.
 */
public final class SparseTensor implements WeightTensor {
  private final Shape shape;
  private final int[] indices;
  private final float[] values;

  private SparseTensor(Shape shape, int[] indices, float[] values) {
    this.shape = requireNonNull(shape, "shape");
    this.indices = indices;
    this.values = values;
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "a sparse tensor was given "
              + indices.length
              + " indices for "
              + values.length
              + " values");
    }
    int previous = -1;
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] <= previous || indices[i] >= shape.elements()) {
        throw new IllegalArgumentException(
            "an index of a tensor of shape "
                + shape
                + " that follows "
                + previous
                + " is "
                + indices[i]);
      }
      if (Float.floatToRawIntBits(values[i]) == 0) {
        throw new IllegalArgumentException(
            "a sparse tensor was given a zero at index " + indices[i]);
      }
      previous = indices[i];
    }
  }

  /**
   * A tensor of copies of the arrays.
   *
   * @throws IllegalArgumentException when the arrays differ in length, the indices are not strictly
   *     ascending inside the shape, or a value is +0.0f
   */
  public static SparseTensor of(Shape shape, int[] indices, float[] values) {
    return new SparseTensor(shape, indices.clone(), values.clone());
  }

  /** As {@link #of} without the copies: the caller hands the arrays over and forgets them. */
  public static SparseTensor wrapping(Shape shape, int[] indices, float[] values) {
    return new SparseTensor(shape, indices, values);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int nonZeros() {
    return values.length;
  }

  @Override
  public float[] toDense() {
    float[] dense = new float[shape.elements()];
    for (int i = 0; i < indices.length; i++) {
      dense[indices[i]] = values[i];
    }
    return dense;
  }

  /** A fresh array of the flat indices, strictly ascending. */
  public int[] indices() {
    return indices.clone();
  }

  /** A fresh array of the values, in the order of {@link #indices}. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseTensor that
        && shape.equals(that.shape)
        && Arrays.equals(indices, that.indices)
        && FloatBits.equal(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + Arrays.hashCode(indices)) + FloatBits.hash(values);
  }

  /** As in {@code SparseTensor[300, 784] of 18816}. */
  @Override
  public String toString() {
    return "SparseTensor" + shape + " of " + values.length;
  }
}
