package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultBuilder;
import io.secateur.report.ResultFile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Gives a job exactly one outcome. The job's own end and Ctrl-C may come at the same moment: the
 * first one is written to {@code result.json}, and after an interruption nothing is published.
 */
final class Settlement implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Path out;
  private final ResultBuilder result;
  private final PublishGate gate;
  private final Consumer<JobResult> told;
  private final Thread hook = new Thread(this::shutDown, "secateur-interrupted");
  private final Map<String, Object> earlierHandlers = new LinkedHashMap<>();
  private boolean settled;
  private boolean interrupted;

  /**
   * Nothing is watched before {@link #watch}.
   *
   * @param told is told the result of an interrupted job, once it is written
   */
  Settlement(Path out, ResultBuilder result, PublishGate gate, Consumer<JobResult> told) {
    this.out = out;
    this.result = result;
    this.gate = gate;
    this.told = told;
  }

  /** Watches for Ctrl-C and for SIGTERM; both end the process with the same code. */
  Settlement watch() {
    Runtime.getRuntime().addShutdownHook(hook);
    for (String signal : SIGNALS) {
      earlierHandlers.put(signal, Signals.register(signal, Settlement::signalled));
    }
    return this;
  }

  /** Stops watching. */
  @Override
  public void close() {
    if (!isShuttingDown()) {
      earlierHandlers.forEach(Signals::unregister);
      earlierHandlers.clear();
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

  private static void signalled() {
    silence();
    System.exit(ExitCodes.INTERRUPTED);
  }

  private void shutDown() {
    silence();
    interrupt();
  }

  /**
   * Spark's threads, cut off in their work, print stack traces that say nothing but that the
   * process ends. What is said of the interruption goes to the stream that the console holds.
   */
  private static void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** Settles the job as interrupted, unless it has ended. */
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
