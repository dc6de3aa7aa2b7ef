package io.secateur.kernel;

/** The biases of a layer, and a block of 16 copies of each for the tiles to start from. */
final class Bias {
  private final Trained tensor;
  private final int outputs;
  private final int blocks;

  /**
   * @param tensor null for a layer without biases: they are zero
   */
  Bias(Arena arena, Trained tensor, int outputs) {
    this.tensor = tensor;
    this.outputs = outputs;
    this.blocks = arena.reserve(outputs * Kernels.BLOCK);
  }

  boolean isTrained() {
    return tensor != null;
  }

  Trained tensor() {
    return tensor;
  }

  int outputs() {
    return outputs;
  }

  float of(float[] arena, int output) {
    return tensor == null ? 0f : arena[tensor.values() + output];
  }

  /** The block of an output; the next output's is 16 floats further. */
  int block(int output) {
    return blocks + output * Kernels.BLOCK;
  }

  void expand(float[] arena) {
    if (tensor == null) {
      return;
    }
    for (int output = 0; output < outputs; output++) {
      java.util.Arrays.fill(arena, block(output), block(output + 1), of(arena, output));
    }
  }
}
