package io.secateur.train;

/**
 * Where the time of rounds went, of each core that they could use. Compute is the workers' time
 * inside their {@link LocalTrainer}s, divided by the cores; wait is what cores idled because
 * another worker was slower; wire is the rest: serialisation, network, scheduling, averaging, and
 * in a worker's first round reading its rows.
 *
 * @param examples trained on in that time
 */
public record TimeSplit(long examples, long computeNanos, long waitNanos, long wireNanos) {
  /** No round was measured. */
  public static final TimeSplit NONE = new TimeSplit(0, 0, 0, 0);

  /**
   * The time of one round.
   *
   * @param cores that its workers could use at once, at least 1
   */
  static TimeSplit of(long examples, WorkerTimes workers, long wallNanos, int cores) {
    long compute = workers.sumNanos() / cores;
    long busy = Math.max(workers.slowestNanos(), compute);
    return new TimeSplit(examples, compute, busy - compute, Math.max(0, wallNanos - busy));
  }

  /** Both, one after the other. */
  TimeSplit plus(TimeSplit other) {
    return new TimeSplit(
        examples + other.examples,
        computeNanos + other.computeNanos,
        waitNanos + other.waitNanos,
        wireNanos + other.wireNanos);
  }

  /** All of it. */
  public long nanos() {
    return computeNanos + waitNanos + wireNanos;
  }

  /** Whether the workers' times are known: DL4J's own master does not tell them. */
  public boolean isSplit() {
    return computeNanos > 0;
  }

  /** 0 when nothing was measured. */
  public double examplesPerSecond() {
    return nanos() == 0 ? 0 : examples * 1e9 / nanos();
  }

  /** In [0, 1]; 0 when nothing was measured. */
  public double computeShare() {
    return share(computeNanos);
  }

  /** In [0, 1]; 0 when nothing was measured. */
  public double waitShare() {
    return share(waitNanos);
  }

  /** In [0, 1]; 0 when nothing was measured. */
  public double wireShare() {
    return share(wireNanos);
  }

  private double share(long part) {
    return nanos() == 0 ? 0 : (double) part / nanos();
  }
}
