package io.secateur.store.hadoop;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long the store repeats what a filesystem failed to do, before it gives up: a first pause,
 * doubled each time up to a longest one, for a total that is counted from the first failure.
 *
 * <p>Only failures that may pass are waited for. A filesystem's plain no (no permission, no space,
 * a name that is taken or missing) is final.
 */
record Patience(Duration first, Duration longest, Duration total) {
  /** A local disk that failed will mostly fail again: a second. */
  static final Patience LOCAL =
      new Patience(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(1));

  /**
   * A cluster whose only DataNode restarts, or whose NameNode hands over, is back within a minute.
   * HDFS's client gives a write up at once when no DataNode takes it.
   */
  static final Patience CLUSTER =
      new Patience(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(60));

  /** Something to do that may be done again. */
  interface Action<T> {
    T run() throws IOException;
  }

  /** Runs an action, again and again while its failures may pass. The last failure is thrown. */
  <T> T repeat(Action<T> action) throws IOException {
    Waiting waiting = new Waiting();
    while (true) {
      try {
        return action.run();
      } catch (IOException e) {
        if (!waiting.pausedAfter(e)) {
          throw e;
        }
      }
    }
  }

  /** The pauses between the attempts of one action. */
  final class Waiting {
    private long pause = first.toNanos();
    private long deadline;
    private boolean failed;

    /** Waits; false when the failure is final, the time is up, or the thread is interrupted. */
    boolean pausedAfter(IOException failure) {
      long now = System.nanoTime();
      if (!failed) {
        failed = true;
        deadline = now + total.toNanos();
      }
      if (!mayPass(failure) || now - deadline >= 0) {
        return false;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(Math.min(pause, deadline - now));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      pause = Math.min(2 * pause, longest.toNanos());
      return true;
    }
  }

  private static boolean mayPass(IOException e) {
    return !(e instanceof AccessDeniedException
        || e instanceof NoSpaceException
        || e instanceof FileAlreadyExistsException
        || e instanceof NoSuchFileException
        || e instanceof NotDirectoryException);
  }
}
