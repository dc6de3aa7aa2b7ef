package io.secateur.train;

/**
 * SGD with Nesterov momentum as DL4J has it (Sutskever et al. 2013, rewritten so that the
 * parameters kept are those behind the momentum step):
 *
 * <pre>
 * v' = m v - lr g
 * w += -m v + (1 + m) v'
 * </pre>
 *
 * g is the minibatch mean, for weights plus l2 w + l1 sign(w). Plain float arithmetic in this
 * order: the bits of a result depend on nothing else.
 */
public final class NesterovUpdate {
  private NesterovUpdate() {}

  /**
   * Updates weights in place, with regularisation.
   *
   * @param gradient summed over the minibatch
   * @param scale 1 / rows of the minibatch
   * @param in learning rate, momentum, l1 and l2
   * @param velocity as long as {@code weights} at least
   */
  public static void updateWeights(
      float[] weights, float[] velocity, float[] gradient, float scale, RoundInput in) {
    float rate = in.learningRate();
    float momentum = in.momentum();
    float l2 = in.l2();
    float l1 = in.l1();
    if (l1 == 0f) {
      for (int i = 0; i < weights.length; i++) {
        float w = weights[i];
        float v = velocity[i];
        float next = momentum * v - rate * (gradient[i] * scale + l2 * w);
        velocity[i] = next;
        weights[i] = w + ((1f + momentum) * next - momentum * v);
      }
    } else {
      for (int i = 0; i < weights.length; i++) {
        float w = weights[i];
        float v = velocity[i];
        float g = gradient[i] * scale + l2 * w + l1 * Math.signum(w);
        float next = momentum * v - rate * g;
        velocity[i] = next;
        weights[i] = w + ((1f + momentum) * next - momentum * v);
      }
    }
  }

  /**
   * Updates the range [from, to) of the others in place, without regularisation.
   *
   * @param velocity of all parameters: the one of other i is at {@code velocityFrom + i}
   */
  public static void updateOthers(
      float[] others,
      int from,
      int to,
      float[] velocity,
      int velocityFrom,
      float[] gradient,
      float scale,
      RoundInput in) {
    float rate = in.learningRate();
    float momentum = in.momentum();
    for (int i = from; i < to; i++) {
      float v = velocity[velocityFrom + i];
      float next = momentum * v - rate * (gradient[i] * scale);
      velocity[velocityFrom + i] = next;
      others[i] = others[i] + ((1f + momentum) * next - momentum * v);
    }
  }
}
