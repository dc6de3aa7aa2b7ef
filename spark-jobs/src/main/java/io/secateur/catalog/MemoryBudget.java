package io.secateur.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The memory that models may take together in one JVM. Models come in in the order in which they
 * ask, so that a large one is not overtaken for ever.
 */
final class MemoryBudget {
  private static final MemoryBudget OF_THIS_JVM = new MemoryBudget();

  private final Deque<Object> waiting = new ArrayDeque<>();
  private long used;

  /** The one of this JVM. */
  static MemoryBudget ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** Half of this JVM's heap: the rest is for Spark, and for what garbage is not collected yet. */
  static long ofHeap() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * Does work that takes memory, once that much fits.
   *
   * @param bytes at most {@code limit}
   * @param limit of all that is admitted
   * @throws IllegalStateException when the thread is interrupted while it waits
   */
  <T> T with(long bytes, long limit, Supplier<T> work) {
    try {
      acquire(bytes, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for memory", e);
    }
    try {
      return work.get();
    } finally {
      release(bytes);
    }
  }

  private synchronized void acquire(long bytes, long limit) throws InterruptedException {
    if (bytes > limit) {
      throw new IllegalArgumentException(bytes + " bytes for a budget of " + limit);
    }
    Object turn = new Object();
    waiting.add(turn);
    try {
      while (waiting.peek() != turn || used + bytes > limit) {
        wait();
      }
      used += bytes;
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
  }

  private synchronized void release(long bytes) {
    used -= bytes;
    notifyAll();
  }

  /** How many wait to be admitted. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** What is admitted now. */
  synchronized long used() {
    return used;
  }
}
