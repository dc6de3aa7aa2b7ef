package io.secateur.kernel;

/**
 * SGD with Nesterov momentum as DL4J has it (Sutskever et al. 2013, rewritten so that the
 * parameters kept are those behind the momentum step), g being the mean over the minibatch:
 *
 * <pre>
 * v' = m v - lr (g + l2 w + l1 sign(w))
 * w += (1 + m) v' - m v
 * </pre>
 */
public final class Nesterov {
  /** Of a layer that does not learn: nothing is computed that only its update would need. */
  public static final Nesterov STILL = new Nesterov(0f, 0f, 0f, 0f);

  private final float rate;
  private final float momentum;
  private final float l1;
  private final float l2;
  private final Nesterov withoutPenalties;

  /**
   * @param rate lr
   * @param momentum m
   * @param l1 for weights; biases are updated without it
   * @param l2 likewise
   */
  public Nesterov(float rate, float momentum, float l1, float l2) {
    this.rate = rate;
    this.momentum = momentum;
    this.l1 = l1;
    this.l2 = l2;
    this.withoutPenalties = l1 == 0f && l2 == 0f ? this : new Nesterov(rate, momentum, 0f, 0f);
  }

  boolean isStill() {
    return this == STILL;
  }

  float rate() {
    return rate;
  }

  float momentum() {
    return momentum;
  }

  float l1() {
    return l1;
  }

  float l2() {
    return l2;
  }

  /** The same without penalties, as biases are updated; not made anew. */
  Nesterov withoutPenalties() {
    return withoutPenalties;
  }
}
