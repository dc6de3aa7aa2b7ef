package io.secateur.report;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Stands between a job and the store: every commit passes through it, one at a time, and none
 * passes once it is closed. Whoever settles a job from outside (Ctrl-C) closes the gate before
 * writing "failed", so that a version can't appear after that.
 */
public final class PublishGate {
  /** What is reported of a job that was told to stop. */
  public static final Problem INTERRUPTED =
      new Problem(
          "an interruption (Ctrl-C, SIGTERM or jobs cancel)",
          "the job to run to its end",
          "go on with --resume, or run it again; nothing is half published");

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;

  /**
   * Runs a commit.
   *
   * @return what the commit returns
   * @throws JobFailedException with {@link #INTERRUPTED} if the gate is closed; the commit was not
   *     run
   */
  public <T> T commit(Supplier<T> commit) {
    lock.lock();
    try {
      requireOpen();
      return commit.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a job stop early instead of working on for nothing.
   *
   * @throws JobFailedException with {@link #INTERRUPTED} if the gate is closed
   */
  public void requireOpen() {
    if (closed) {
      throw new JobFailedException(INTERRUPTED);
    }
  }

  /** Lets no commit pass from now on, and waits for the one that runs, if any. */
  public void close() {
    closed = true;
    lock.lock();
    try {
      // whoever held it has left
    } finally {
      lock.unlock();
    }
  }

  /**
   * Like {@link #close()} but waits only so long, for a store that does not answer.
   *
   * @return whether no commit was running any more when it returned
   */
  public boolean closeWithin(Duration patience) {
    closed = true;
    try {
      if (lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        lock.unlock();
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
