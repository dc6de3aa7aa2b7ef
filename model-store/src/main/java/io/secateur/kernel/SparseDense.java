package io.secateur.kernel;

/**
 * y = max(W x + b, low) on flat values, of the weights that survive alone: W is the entries of
 * {@link SparseRows}, so a pruned weight has no place to grow back in, and costs nothing.
 */
public final class SparseDense implements Layer {
  private final Kernels kernels;
  private final Activations in;
  private final Activations out;
  private final SparseRows rows;
  private final Trained weights;
  private final Bias bias;
  private final float low;
  private final SparseProduct product;

  /**
   * @param in flat
   * @param out flat
   * @param rows [outputs, inputs]
   * @param weights the values of the entries; fillers are zero
   * @param bias null when there is none
   * @param low what outputs are cut off at: 0 for ReLU, else negative infinity
   */
  public SparseDense(
      Kernels kernels,
      Arena arena,
      Activations in,
      Activations out,
      SparseRows rows,
      Trained weights,
      Trained bias,
      float low) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.rows = rows;
    this.weights = weights;
    this.bias = new Bias(arena, bias, out.features());
    this.low = low;
    this.product = new SparseProduct(terms(arena.reserve(in.batch()) - in.origin()));
    product.left = weights.values();
    product.low = low;
  }

  /** (entry, where its input lies). */
  private int[] terms(int zeros) {
    int[] terms = new int[Math.multiplyExact(2, rows.entries())];
    for (int entry = 0; entry < rows.entries(); entry++) {
      terms[2 * entry] = entry;
      terms[2 * entry + 1] = rows.isFiller(entry) ? zeros : rows.column(entry) * in.batch();
    }
    return terms;
  }

  @Override
  public void forward(float[] arena) {
    for (int row = 0; row < rows.rows(); row++) {
      product.from = rows.start(row);
      product.to = rows.start(row + 1);
      product.bias = bias.of(arena, row);
      product.target = out.origin() + row * out.batch();
      product.across(kernels, arena, out.chunks(), in.origin());
    }
  }

  Kernels kernels() {
    return kernels;
  }

  Activations in() {
    return in;
  }

  Activations out() {
    return out;
  }

  SparseRows rows() {
    return rows;
  }

  Trained weights() {
    return weights;
  }

  Bias bias() {
    return bias;
  }

  boolean isRectified() {
    return low == 0f;
  }

  /** (entry, where its input lies) of every entry. */
  int[] terms() {
    return product.terms;
  }
}
