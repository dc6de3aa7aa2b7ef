package io.secateur.train;

import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.error.SecateurException;
import java.util.function.Supplier;
import org.apache.spark.SparkException;

/**
 * Turns what Spark throws on the driver into the errors that people see. A task's own exception
 * comes back inside a SparkException as its cause in local mode, and in the text of the message
 * from a cluster.
 */
public final class SparkFailures {
  private SparkFailures() {}

  /**
   * Runs a Spark action.
   *
   * @throws SecateurException the one that a task threw when it can be told; JobFailedException for
   *     other failed tasks; ClusterException when the context is gone
   */
  public static <T> T translating(Supplier<T> action) {
    try {
      return action.get();
    } catch (SecateurException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translated(e, e);
    } catch (Exception e) {
      // Scala throws checked exceptions past the compiler
      if (e instanceof SparkException) {
        throw translated(e, e);
      }
      throw e;
    }
  }

  /**
   * Runs the work of a task, which may need more heap than there is: left alone, Spark ends the
   * whole JVM for that, in local mode the job's own.
   *
   * @throws ClusterException in place of an OutOfMemoryError
   */
  public static <T> T inTask(Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      throw new ClusterException(
          new Problem(
              String.format(
                  "a worker out of memory (%s) with a heap of %,d MB",
                  e.getMessage(), Runtime.getRuntime().maxMemory() >> 20),
              "room for what all workers of a JVM hold together",
              "give more with SECATEUR_JAVA_OPTS=-Xmx8g, on a cluster with"
                  + " spark.executor.memory, or run fewer workers in a JVM"),
          e);
    }
  }

  private static RuntimeException translated(Exception thrown, Throwable link) {
    for (Throwable cause = link; cause != null; cause = cause.getCause()) {
      if (cause instanceof SecateurException known) {
        return known;
      }
    }
    String message = String.valueOf(thrown.getMessage());
    if (message.contains(DataException.class.getName() + ": ")) {
      return new DataException(
          "a worker that failed: " + firstLineAfter(message, DataException.class.getName() + ": "),
          "training files that every worker can read",
          "put them where all hosts see them, at the same path");
    }
    if (message.contains(ClusterException.class.getName() + ": ")) {
      return new ClusterException(
          "a worker that failed: "
              + firstLineAfter(message, ClusterException.class.getName() + ": "),
          "workers that can all run the job",
          "correct that host, or leave it out");
    }
    if (thrown instanceof SparkException) {
      return new JobFailedException(
          new Problem(
              "a failed Spark job: " + firstLine(message),
              "tasks that end well within spark.task.maxFailures attempts",
              "look into Spark's log for the host and the stack trace"),
          thrown);
    }
    if (thrown instanceof IllegalStateException && message.contains("SparkContext")) {
      return new ClusterException(
          new Problem(
              firstLine(message),
              "a running Spark context",
              "look into Spark's log for the reason"),
          thrown);
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  private static String firstLineAfter(String message, String marker) {
    return firstLine(message.substring(message.indexOf(marker) + marker.length()));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("no message");
  }
}
