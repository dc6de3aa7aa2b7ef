package io.secateur.config;

import java.util.List;

/**
 * A way to prune, whose curve of error against weights a tradeoff draws (Han et al. 2015, figure
 * 5).
 */
public enum TradeoffVariant {
  /** Trained with L1, cut, not retrained. */
  L1(Penalty.L1, Retraining.NONE),
  /** Trained with L2, cut, not retrained. */
  L2(Penalty.L2, Retraining.NONE),
  /** Trained with L1; cut once for each point, and retrained with L1. */
  L1_RETRAIN(Penalty.L1, Retraining.ONCE),
  /** Trained with L2; cut once for each point, and retrained with L2. */
  L2_RETRAIN(Penalty.L2, Retraining.ONCE),
  /** Trained with L1; cut and retrained from point to point. */
  L1_ITERATIVE(Penalty.L1, Retraining.STEP_BY_STEP),
  /** Trained with L2; cut and retrained from point to point. */
  L2_ITERATIVE(Penalty.L2, Retraining.STEP_BY_STEP);

  /** The five curves of the paper's figure. */
  public static final List<TradeoffVariant> PAPERS =
      List.of(L1, L2, L1_RETRAIN, L2_RETRAIN, L2_ITERATIVE);

  /** What is added to the gradient of weights, in training and in retraining. */
  public enum Penalty {
    /** The sign of the weight. */
    L1,
    /** The weight. */
    L2;

    /** The name in files. */
    public String wireName() {
      return WireNames.of(this);
    }
  }

  /** What follows a cut. */
  public enum Retraining {
    /** Nothing. */
    NONE,
    /** Epochs of retraining; the next point is cut from the dense network again. */
    ONCE,
    /** Epochs of retraining; the next point goes on from this one. */
    STEP_BY_STEP
  }

  private final Penalty penalty;
  private final Retraining retraining;

  TradeoffVariant(Penalty penalty, Retraining retraining) {
    this.penalty = penalty;
    this.retraining = retraining;
  }

  /** Of training and retraining. */
  public Penalty penalty() {
    return penalty;
  }

  /** What follows a cut. */
  public Retraining retraining() {
    return retraining;
  }

  /** The name in files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
