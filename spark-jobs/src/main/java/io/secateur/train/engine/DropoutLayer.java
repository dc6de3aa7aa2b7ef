package io.secateur.train.engine;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.RandomStream;
import io.secateur.kernel.Activations;
import io.secateur.kernel.Backward;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;

/**
 * Dropout in place, as DL4J has it: values that are kept are divided by the probability to be kept.
 * It follows the density of the layer behind it when the round says so.
 */
final class DropoutLayer implements Layer {
  private final Kernels kernels;
  private final Activations values;
  private final int factors;
  private final float keptInDense;
  private final float keptAdjusted;
  private float kept;
  private RandomStream random;

  /**
   * @param factors the first of as many floats as there are values
   */
  DropoutLayer(
      Kernels kernels, Activations values, int factors, double keptInDense, double keptAdjusted) {
    this.kernels = kernels;
    this.values = values;
    this.factors = factors;
    this.keptInDense = (float) keptInDense;
    this.keptAdjusted = (float) keptAdjusted;
    this.kept = this.keptInDense;
  }

  /** Sets the rate and the random numbers of a round. */
  void startRound(DropoutPolicy policy, RandomStream stream) {
    kept = policy == DropoutPolicy.ADJUST ? keptAdjusted : keptInDense;
    random = stream;
  }

  @Override
  public void forward(float[] arena) {
    draw(arena);
    kernels.multiply(arena, values.first(), factors, values.length());
  }

  private void draw(float[] arena) {
    // 31 bits decide on a value, two values a number
    long limit = (long) ((double) kept * (1L << 31));
    float scale = 1f / kept;
    for (int i = 0; i < values.length(); i += 2) {
      long bits = random.nextLong();
      arena[factors + i] = (bits >>> 33) < limit ? scale : 0f;
      arena[factors + i + 1] = (bits & 0x7FFFFFFFL) < limit ? scale : 0f;
    }
  }

  /** The way back of the minibatch that went forward last. */
  Backward backward(Activations gradient) {
    return (arena, scale, rule) ->
        kernels.multiply(arena, gradient.first(), factors, values.length());
  }
}
