package io.secateur.kernel;

/**
 * The way back through one layer: from the gradient of its output to the one of its input, and one
 * step of the rule on what it trains. Columns without an example have gradients of zero.
 */
public interface Backward {
  /**
   * Reads the output's gradient and the input that {@link Layer#forward} saw; writes the input's
   * gradient, where there is one, from the parameters before their update.
   *
   * @param scale 1 / examples of the minibatch
   * @param rule {@link Nesterov#STILL} leaves parameters and velocity alone
   */
  void backward(float[] arena, float scale, Nesterov rule);
}
