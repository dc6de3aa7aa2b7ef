package io.secateur.train;

import io.secateur.data.PartitionData;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The workers' networks of this JVM, kept from one round to the next. A task takes one out and puts
 * it back afterwards, so that two attempts of a task never share one; it is keyed by job and
 * partition, and one of another trainer (the phase before: masks are numbered anew) or of another
 * mask is thrown away. An executor does not learn when a trainer is closed.
 */
final class Workers {
  private static final ConcurrentHashMap<Key, Kept> KEPT = new ConcurrentHashMap<>();

  private Workers() {}

  private record Key(String jobId, int partition) {}

  private record Kept(UUID owner, int maskId, PartitionData data, LocalTrainer trainer) {
    boolean isOf(UUID trainerId, RoundInput in, PartitionData rows) {
      return owner.equals(trainerId) && maskId == in.maskId() && data == rows;
    }
  }

  /**
   * Runs a round on the kept trainer of this owner and mask, or on one made anew.
   *
   * @param owner the driver's trainer, unique among all that ever ran
   * @param data a kept trainer reads this very object
   */
  static RoundResult round(
      TrainingPlan plan,
      UUID owner,
      PartitionData data,
      RoundInput in,
      int minibatches,
      Supplier<LocalTrainer> fresh) {
    Key key = new Key(plan.jobId(), data.partition());
    Kept kept = KEPT.remove(key);
    if (kept != null && !kept.isOf(owner, in, data)) {
      kept.trainer().close();
      kept = null;
    }
    if (kept == null) {
      kept = new Kept(owner, in.maskId(), data, fresh.get());
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
      long start = System.nanoTime();
      RoundResult result = trainer.round(in, minibatches);
      done = true;
      return result.lasting(System.nanoTime() - start);
    } finally {
      if (!done) {
        trainer.close();
      }
    }
  }

  /** Throws away what is kept in this JVM and reads these rows, which are to be freed. */
  static void release(PartitionData data) {
    KEPT.forEach(
        (key, kept) -> {
          if (kept.data() == data && KEPT.remove(key, kept)) {
            kept.trainer().close();
          }
        });
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
