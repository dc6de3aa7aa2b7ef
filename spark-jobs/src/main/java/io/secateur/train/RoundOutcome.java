package io.secateur.train;

/**
 * What a round has to tell besides the state it trained.
 *
 * @param examples trained on by all workers
 * @param lossSum the loss summed over them, each at the parameters its worker had then
 */
public record RoundOutcome(long examples, double lossSum) {
  /** The mean loss of an example. */
  public double meanLoss() {
    return lossSum / examples;
  }

  /** Both rounds together. */
  public RoundOutcome plus(RoundOutcome other) {
    return new RoundOutcome(examples + other.examples, lossSum + other.lossSum);
  }
}
