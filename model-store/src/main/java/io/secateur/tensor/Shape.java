package io.secateur.tensor;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The dimensions of a row-major tensor, outermost first. Every dimension is at least 0 and the
 * number of elements is at most 2<sup>31</sup> - 1, so that an {@code int} indexes them. A shape
 * without dimensions is a scalar of one element.
 */
public final class Shape implements Serializable {
  private final int[] dims;
  private final int elements;

  private Shape(int[] dims) {
    this.dims = dims;
    this.elements = elementsOf(dims);
  }

  /**
   * The shape of these dimensions, outermost first.
   *
   * @throws IllegalArgumentException when a dimension is negative, or the elements are more than
   *     2<sup>31</sup> - 1
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  private static int elementsOf(int[] dims) {
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "a shape has no negative dimension, found " + Arrays.toString(dims));
      }
    }
    long product = Arrays.stream(dims).anyMatch(dim -> dim == 0) ? 0 : 1;
    for (int dim : dims) {
      product *= dim;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a shape has at most 2147483647 elements, found " + Arrays.toString(dims));
      }
    }
    return (int) product;
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /**
   * Dimension {@code axis}, counted from the outermost.
   *
   * @throws IndexOutOfBoundsException when {@code axis} is not in [0, rank)
   */
  public int dim(int axis) {
    return dims[axis];
  }

  /** The product of the dimensions; 1 for a scalar. */
  public int elements() {
    return elements;
  }

  /** A fresh array of the dimensions. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The dimensions as in {@code [300, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
