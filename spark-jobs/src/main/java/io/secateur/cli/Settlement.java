package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Gives a job exactly one outcome. The job's own end and Ctrl-C may come at the same moment: the
 * first one is written to {@code result.json}, and after an interruption nothing is published.
 */
final class Settlement implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TERMINATE = "TERM";

  private final Path out;
  private final JobResult.Builder result;
  private final PublishGate gate;
  private final Consumer<JobResult> told;
  private final Thread hook = new Thread(this::interrupt, "secateur-interrupted");
  private Object earlierTerminate;
  private boolean settled;
  private boolean interrupted;

  /**
   * Nothing is watched before {@link #watch}.
   *
   * @param told is told the result of an interrupted job, once it is written
   */
  Settlement(Path out, JobResult.Builder result, PublishGate gate, Consumer<JobResult> told) {
    this.out = out;
    this.result = result;
    this.gate = gate;
    this.told = told;
  }

  /** Watches for Ctrl-C, and for SIGTERM, which then ends the process with the same code. */
  Settlement watch() {
    Runtime.getRuntime().addShutdownHook(hook);
    earlierTerminate = Signals.register(TERMINATE, () -> System.exit(ExitCodes.INTERRUPTED));
    return this;
  }

  /** Stops watching. */
  @Override
  public void close() {
    if (!isShuttingDown() && earlierTerminate != null) {
      Signals.unregister(TERMINATE, earlierTerminate);
    }
  }

  /**
   * The job did all it was asked.
   *
   * @throws io.secateur.error.JobFailedException when result.json can't be written
   */
  JobResult succeed() {
    return settle(result.succeeded());
  }

  /**
   * The job failed. While the JVM goes down, failures are only what that does to Spark: the hook
   * has the word then, and this does not return.
   *
   * @throws io.secateur.error.JobFailedException when result.json can't be written
   */
  JobResult fail(int exitCode, Problem problem) {
    if (isShuttingDown()) {
      waitForTheEnd();
    }
    return settle(result.failed(exitCode, problem));
  }

  /** What the hook does. */
  synchronized void interrupt() {
    if (settled) {
      return;
    }
    interrupted = true;
    gate.closeWithin(PATIENCE);
    JobResult outcome = result.failed(ExitCodes.INTERRUPTED, PublishGate.INTERRUPTED);
    try {
      ResultFile.write(out, outcome);
    } finally {
      told.accept(outcome);
    }
  }

  private JobResult settle(JobResult outcome) {
    synchronized (this) {
      if (!interrupted) {
        ResultFile.write(out, outcome);
        settled = true;
        return outcome;
      }
    }
    waitForTheEnd();
    return outcome;
  }

  /** A hook can't be removed any more once hooks run. */
  private boolean isShuttingDown() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The process ends when its hooks have run. */
  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
