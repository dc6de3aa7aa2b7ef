package io.secateur.cli;

import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.error.SecateurException;
import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import io.secateur.report.PublishGate;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the process returns, and what it says, for every kind of failure: the one place for it. */
final class ExitCodes {
  /** Done. */
  static final int DONE = 0;

  /** The job failed, or its out folder can't be written. */
  static final int FAILED = 1;

  /** The command line or the job file is wrong or missing. */
  static final int USAGE = 2;

  /** Data missing, unreadable or wrong. */
  static final int DATA = 3;

  /** Store: conflict, integrity, permission or no space. */
  static final int STORE = 4;

  /** The cluster is not fit. */
  static final int CLUSTER = 5;

  /** Interrupted: 128 and SIGINT, as shells have it. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}

  /** The code of a failure; a failure of ours that something wrapped keeps its code. */
  static int of(Throwable failure) {
    return ours(failure).map(ExitCodes::ofOurs).orElse(FAILED);
  }

  private static int ofOurs(SecateurException failure) {
    if (failure instanceof UsageException) {
      return USAGE;
    }
    if (failure instanceof DataException) {
      return DATA;
    }
    if (failure instanceof StoreException) {
      return STORE;
    }
    if (failure instanceof ClusterException) {
      return CLUSTER;
    }
    return failure.problem().equals(PublishGate.INTERRUPTED) ? INTERRUPTED : FAILED;
  }

  /**
   * What to say of a failure.
   *
   * @param log where its stack trace is
   */
  static Problem problem(Throwable failure, Path log) {
    return ours(failure).map(SecateurException::problem).orElseGet(() -> unexpected(failure, log));
  }

  private static Problem unexpected(Throwable failure, Path log) {
    if (failure instanceof OutOfMemoryError) {
      return new Problem(
          "no memory left (" + failure.getMessage() + ")",
          "room for the network and the data",
          "give Java more of it, such as SECATEUR_JAVA_OPTS=-Xmx8g");
    }
    return new Problem(
        "an unexpected " + firstLine(failure),
        "the command to run to its end",
        "see the stack trace in " + log + " (--verbose shows it here)");
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("").strip();
  }

  /** Spark hands on what a task threw as the cause of its own exception. */
  private static Optional<SecateurException> ours(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      if (t instanceof SecateurException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
