package io.secateur.kernel;

import java.util.Arrays;

/** Sums the gradient of each output over pixels and examples, and updates the biases. */
final class BiasBackward {
  private final Kernels kernels;
  private final Bias bias;
  private final Activations gradient;
  private final int sums;
  private final int lanes;

  BiasBackward(Kernels kernels, Arena arena, Bias bias, Activations gradient) {
    this.kernels = kernels;
    this.bias = bias;
    this.gradient = gradient;
    this.sums = arena.reserve(bias.outputs());
    this.lanes = arena.reserve(Kernels.BLOCK);
  }

  void update(float[] arena, float scale, Nesterov rule) {
    if (!bias.isTrained()) {
      return;
    }
    for (int output = 0; output < bias.outputs(); output++) {
      arena[sums + output] = sum(arena, output);
    }
    kernels.update(
        arena,
        sums,
        bias.tensor(),
        0,
        Arena.padded(bias.outputs()),
        scale,
        rule.withoutPenalties());
  }

  private float sum(float[] arena, int output) {
    Arrays.fill(arena, lanes, lanes + Kernels.BLOCK, 0f);
    for (int chunk = 0; chunk < gradient.chunks(); chunk++) {
      for (int y = 0; y < gradient.height(); y++) {
        int at = gradient.at(chunk, output, y, 0);
        kernels.addBlocks(arena, at, gradient.pixelStep(), gradient.width(), lanes);
      }
    }
    float sum = 0;
    for (int lane = 0; lane < Kernels.BLOCK; lane++) {
      sum += arena[lanes + lane];
    }
    return sum;
  }
}
