package io.secateur.kernel;

/** y = W x + b on flat values; W is [outputs][{@link #stride}] row-major. */
public final class Dense implements Layer {
  private final Kernels kernels;
  private final Activations in;
  private final Activations out;
  private final Trained weights;
  private final Bias bias;
  private final int stride;
  private final Product product;

  /**
   * @param in flat
   * @param out flat
   * @param bias null when there is none
   */
  public Dense(
      Kernels kernels,
      Arena arena,
      Activations in,
      Activations out,
      Trained weights,
      Trained bias) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.weights = weights;
    this.stride = stride(in.features());
    this.bias = new Bias(arena, bias, out.features());
    int[] terms = Product.evenTerms(in.features(), 1, in.batch());
    this.product = new Product(terms, stride, Kernels.BLOCK, 0, out.batch());
  }

  /**
   * Floats from a row of W to the next: a multiple of 16 that no cache likes less than others (an
   * odd number of lines).
   */
  public static int stride(int inputs) {
    int padded = Arena.padded(inputs);
    return padded / Kernels.BLOCK % 2 == 0 ? padded + Kernels.BLOCK : padded;
  }

  @Override
  public void forward(float[] arena) {
    bias.expand(arena);
    int batch = out.batch();
    for (int row = 0; row < out.features(); row += Kernels.ROWS) {
      int rows = Math.min(Kernels.ROWS, out.features() - row);
      product
          .rows(rows, bias.block(row), out.origin() + row * batch, weights.values() + row * stride)
          .across(kernels, arena, out.chunks(), in.origin());
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

  Trained weights() {
    return weights;
  }

  Bias bias() {
    return bias;
  }
}
