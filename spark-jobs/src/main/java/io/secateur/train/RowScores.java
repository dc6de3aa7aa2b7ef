package io.secateur.train;

import java.io.Serializable;

/**
 * What a network said of some rows, in their order: how many it got wrong, and for each the output
 * of its label. A figure over more rows is made of these by {@link Evaluator#combine}.
 */
final class RowScores implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long errors;
  private final float[] likelihoods;

  private RowScores(long errors, float[] likelihoods) {
    this.errors = errors;
    this.likelihoods = likelihoods;
  }

  /** Scores around this array, without a copy. */
  static RowScores wrapping(long errors, float[] likelihoods) {
    return new RowScores(errors, likelihoods);
  }

  /** Rows whose most probable class is not their label. */
  long errors() {
    return errors;
  }

  /** The output of each row's label, not a copy. */
  float[] likelihoods() {
    return likelihoods;
  }
}
