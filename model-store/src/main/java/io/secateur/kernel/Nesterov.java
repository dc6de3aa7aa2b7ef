package io.secateur.kernel;

/**
 * SGD with Nesterov momentum as DL4J has it (Sutskever et al. 2013, rewritten so that the
 * parameters kept are those behind the momentum step), g being the mean over the minibatch:
 *
 * <pre>
 * v' = m v - lr (g + l2 w + l1 sign(w))
 * w += (1 + m) v' - m v
 * </pre>
 *
 * @param rate lr
 * @param momentum m
 * @param l1 for weights; biases are updated without it
 * @param l2 likewise
 */
public record Nesterov(float rate, float momentum, float l1, float l2) {
  /** The same without penalties, as biases are updated. */
  public Nesterov withoutPenalties() {
    return new Nesterov(rate, momentum, 0f, 0f);
  }
}
