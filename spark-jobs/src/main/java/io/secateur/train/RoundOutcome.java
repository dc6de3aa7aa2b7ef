package io.secateur.train;

/**
 * What a round has to tell besides the state it trained.
 *
 * @param examples trained on by all workers
 * @param lossSum the loss summed over them, each at the parameters its worker had then
 * @param workers how long they computed
 * @param time where the time of the round went; {@link TimeSplit#NONE} until {@link #in} is told
 */
public record RoundOutcome(long examples, double lossSum, WorkerTimes workers, TimeSplit time) {
  /** An outcome whose time nobody took. */
  public RoundOutcome(long examples, double lossSum) {
    this(examples, lossSum, WorkerTimes.NONE);
  }

  RoundOutcome(long examples, double lossSum, WorkerTimes workers) {
    this(examples, lossSum, workers, TimeSplit.NONE);
  }

  /** The mean loss of an example. */
  public double meanLoss() {
    return lossSum / examples;
  }

  /** With the next worker of the same round. */
  RoundOutcome beside(RoundOutcome other) {
    return new RoundOutcome(
        examples + other.examples, lossSum + other.lossSum, workers.beside(other.workers));
  }

  /** The same round, seen to take so long on so many cores. */
  public RoundOutcome in(long wallNanos, int cores) {
    return new RoundOutcome(
        examples, lossSum, workers, TimeSplit.of(examples, workers, wallNanos, cores));
  }

  /** Both rounds together; of the workers' times the split is left. */
  public RoundOutcome plus(RoundOutcome other) {
    return new RoundOutcome(
        examples + other.examples,
        lossSum + other.lossSum,
        WorkerTimes.NONE,
        time.plus(other.time));
  }
}
