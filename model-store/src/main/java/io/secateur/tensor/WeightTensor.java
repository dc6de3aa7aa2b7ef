package io.secateur.tensor;

/**
 * The values of one parameter tensor, row-major float32, held densely or by their non-zeros. A
 * value is a zero when all its bits are zero: -0.0f is a value here, and survives a round trip,
 * though a {@link Mask} counts it as absent.
 */
public sealed interface WeightTensor permits DenseTensor, SparseTensor {
  Shape shape();

  /** The number of values whose bits are not all zero. */
  int nonZeros();

  /** A fresh array of all values. */
  float[] toDense();

  /** The share of values that are not zero, in [0, 1]; 0 for a tensor without elements. */
  default float density() {
    int elements = shape().elements();
    return elements == 0 ? 0.0f : (float) ((double) nonZeros() / elements);
  }
}
