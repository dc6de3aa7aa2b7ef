package io.secateur.train;

import io.secateur.data.PartitionData;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The partitions that tasks of this JVM have used, kept from one round to the next: one for each
 * number, because an executor does not learn when an earlier trainer was closed, and its rows have
 * to make room for those of the next. What is replaced is let go of, with the kept networks that
 * read it; a task that still goes on may read it to its end, so it is left to the garbage
 * collector.
 */
final class LocalPartitions {
  private static final ConcurrentHashMap<Integer, Slot> KEPT = new ConcurrentHashMap<>();

  private LocalPartitions() {}

  /** Rows that the first of the tasks that ask for them loads while the others wait. */
  private static final class Slot {
    private final UUID owner;
    private volatile PartitionData data;

    Slot(UUID owner) {
      this.owner = owner;
    }

    synchronized PartitionData get(Supplier<PartitionData> load) {
      if (data == null) {
        data = load.get();
      }
      return data;
    }

    void release() {
      if (data != null) {
        Workers.release(data);
      }
    }

    synchronized void close() {
      if (data != null) {
        data.close();
      }
    }
  }

  /**
   * A partition of this owner.
   *
   * @param load makes it when it is not here; what it throws is passed on, and the next task tries
   *     again
   */
  static PartitionData get(UUID owner, int partition, Supplier<PartitionData> load) {
    return KEPT.compute(partition, (number, kept) -> slot(owner, kept)).get(load);
  }

  private static Slot slot(UUID owner, Slot kept) {
    if (kept != null && kept.owner.equals(owner)) {
      return kept;
    }
    if (kept != null) {
      kept.release();
    }
    return new Slot(owner);
  }

  /** Throws away what is kept in this JVM for an owner; no task may be using it. */
  static void discard(UUID owner) {
    for (Slot slot : KEPT.values()) {
      if (slot.owner.equals(owner) && KEPT.values().remove(slot)) {
        slot.close();
      }
    }
  }
}
