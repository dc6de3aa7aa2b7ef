package io.secateur.train;

/**
 * How long the workers of a round computed, each inside its {@link LocalTrainer}. Only told, never
 * averaged or hashed.
 *
 * @param sumNanos of all workers
 * @param slowestNanos of the slowest one
 */
public record WorkerTimes(long sumNanos, long slowestNanos) {
  /** Nothing was measured. */
  public static final WorkerTimes NONE = new WorkerTimes(0, 0);

  /** One worker. */
  static WorkerTimes of(long nanos) {
    return new WorkerTimes(nanos, nanos);
  }

  /** With the other workers of the same round. */
  WorkerTimes beside(WorkerTimes other) {
    return new WorkerTimes(sumNanos + other.sumNanos, Math.max(slowestNanos, other.slowestNanos));
  }
}
