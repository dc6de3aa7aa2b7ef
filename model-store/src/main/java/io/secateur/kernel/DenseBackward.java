package io.secateur.kernel;

/**
 * dx = W<sup>T</sup> dy; dW = dy x<sup>T</sup>, tile by tile, each updated while it is in the L1
 * cache.
 */
public final class DenseBackward implements Backward {
  private static final int TILE_STEP = 4 * Kernels.BLOCK;

  private final Kernels kernels;
  private final Dense layer;
  private final Activations outGradient;
  private final Activations inGradient;
  private final BiasBackward bias;
  private final int stride;
  private final int zeros;
  private final int tile;
  private final int transposed;
  private final Product toInput;
  private final Product toWeights;

  /**
   * @param outGradient flat
   * @param inGradient flat; null when nobody reads it
   */
  public DenseBackward(Arena arena, Dense layer, Activations outGradient, Activations inGradient) {
    this.kernels = layer.kernels();
    this.layer = layer;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.bias = new BiasBackward(kernels, arena, layer.bias(), outGradient);
    this.stride = Dense.stride(layer.in().features());
    this.zeros = arena.reserve(Kernels.BLOCK);
    this.tile = arena.reserve(Kernels.ROWS * TILE_STEP);
    int batch = outGradient.batch();
    this.transposed = arena.reserve(batch * stride);
    this.toInput =
        new Product(Product.evenTerms(outGradient.features(), stride, batch), 1, 0, 0, batch);
    this.toWeights = new Product(Product.evenTerms(batch, 1, stride), batch, 0, 0, TILE_STEP);
  }

  @Override
  public void backward(float[] arena, float scale, Nesterov rule) {
    if (inGradient != null) {
      inputGradient(arena);
    }
    if (rule.isStill()) {
      return;
    }
    Transpose.blocks(
        arena,
        layer.in().origin(),
        outGradient.batch(),
        layer.in().features(),
        transposed,
        stride,
        outGradient.batch());
    updateWeights(arena, scale, rule);
    bias.update(arena, scale, rule);
  }

  private void inputGradient(float[] arena) {
    int inputs = inGradient.features();
    for (int row = 0; row < inputs; row += Kernels.ROWS) {
      int rows = Math.min(Kernels.ROWS, inputs - row);
      int target = inGradient.origin() + row * inGradient.batch();
      toInput
          .rows(rows, zeros, target, layer.weights().values() + row)
          .across(kernels, arena, inGradient.chunks(), outGradient.origin());
    }
  }

  private void updateWeights(float[] arena, float scale, Nesterov rule) {
    int columns = Arena.padded(layer.in().features());
    int outputs = outGradient.features();
    for (int column = 0; column < columns; column += TILE_STEP) {
      int width = Math.min(TILE_STEP, columns - column);
      for (int row = 0; row < outputs; row += Kernels.ROWS) {
        int rows = Math.min(Kernels.ROWS, outputs - row);
        int left = outGradient.origin() + row * outGradient.batch();
        toWeights
            .rows(rows, zeros, tile, left)
            .across(kernels, arena, width / Kernels.BLOCK, transposed + column);
        for (int r = 0; r < rows; r++) {
          int from = (row + r) * stride + column;
          kernels.update(arena, tile + r * TILE_STEP, layer.weights(), from, width, scale, rule);
        }
      }
    }
  }
}
