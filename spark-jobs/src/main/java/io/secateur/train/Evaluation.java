package io.secateur.train;

/**
 * How a network did on a set of examples.
 *
 * @param errors examples whose most probable class is not their label
 * @param examples all of them
 * @param loss mean cross-entropy
 */
public record Evaluation(long errors, long examples, double loss) {
  /** In percent of the examples. */
  public double errorPercent() {
    return 100.0 * errors / examples;
  }
}
