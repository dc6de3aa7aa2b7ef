package io.secateur.train;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The workers' networks of this JVM, kept from one round to the next. A task takes one out and puts
 * it back afterwards, so that two attempts of a task never share one; it is keyed by job and
 * partition, and one of another mask is thrown away.
 */
final class Workers {
  private static final ConcurrentHashMap<Key, Kept> KEPT = new ConcurrentHashMap<>();

  private Workers() {}

  private record Key(String jobId, int partition) {}

  private record Kept(int maskId, LocalTrainer trainer) {}

  /** Runs a round on the kept trainer of this mask, or on one made anew. */
  static RoundResult round(
      TrainingPlan plan,
      int partition,
      RoundInput in,
      int minibatches,
      Supplier<LocalTrainer> fresh) {
    Key key = new Key(plan.jobId(), partition);
    Kept kept = KEPT.remove(key);
    if (kept != null && kept.maskId() != in.maskId()) {
      kept.trainer().close();
      kept = null;
    }
    if (kept == null) {
      kept = new Kept(in.maskId(), fresh.get());
    }
    // a trainer whose round failed is not kept
    RoundResult result = roundOrClose(kept.trainer(), in, minibatches);
    Kept other = KEPT.putIfAbsent(key, kept);
    if (other != null) {
      kept.trainer().close();
    }
    return result;
  }

  private static RoundResult roundOrClose(LocalTrainer trainer, RoundInput in, int minibatches) {
    boolean done = false;
    try {
      RoundResult result = trainer.round(in, minibatches);
      done = true;
      return result;
    } finally {
      if (!done) {
        trainer.close();
      }
    }
  }

  /** Throws away what is kept in this JVM for a job. */
  static void discard(String jobId) {
    for (Key key : KEPT.keySet()) {
      Kept kept = key.jobId().equals(jobId) ? KEPT.remove(key) : null;
      if (kept != null) {
        kept.trainer().close();
      }
    }
  }
}
