package io.secateur.cli;

import io.secateur.report.ClosingTable;
import io.secateur.report.ConsoleListener;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultBuilder;
import io.secateur.report.ResultFile;
import io.secateur.store.ModelStore;
import io.secateur.train.SparkRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a job from its id to its exit code: out folder, log, listener, Ctrl-C, result.json in the
 * out folder and in the store, closing words.
 */
final class JobRunner {
  private static final int STORE_SECONDS = 5;

  private final Console console;
  private final JobFlags flags;

  JobRunner(Console console, JobFlags flags) {
    this.console = console;
    this.flags = flags;
  }

  /** What is particular to a command. */
  interface Body {
    /** Reads what a job that can be resumed is about; empty for one that can't. */
    default Optional<JobSubject> subject() {
      return Optional.empty();
    }

    /** Does the work and fills the result. */
    void run(JobContext context);

    /** Prints what the command was asked for; by default the closing table and the version. */
    default void close(Console console, JobResult result) {
      console.say("");
      console.say(ClosingTable.lines(result));
      console.say("");
      if (result.version() != null) {
        String version = result.model() + "@" + result.version();
        // A listener has said that it was published, unless nobody listens.
        boolean quiet = console.verbosity() == Verbosity.QUIET;
        console.answer(
            (quiet ? "published " + version + " in " : version + " is in ") + result.store());
        console.say(
            "look at it: secateur models show "
                + version
                + StoreFlags.option(URI.create(result.store())));
      }
    }

    /**
     * Has the last word on a job that ran to its end.
     *
     * @throws io.secateur.error.JobFailedException when its figures are not good enough
     */
    default void judge(Console console, JobResult result) {}
  }

  /**
   * Runs a job.
   *
   * @param job the command's name
   * @return the exit code
   */
  int run(String job, Body body) {
    console.verbosity(flags.verbosity());
    JobStart start = JobStart.of(flags, body::subject);
    String jobId = start.jobId();
    Path out = start.out();
    try {
      ResultFile.requireWritable(out);
    } catch (RuntimeException e) {
      return console.failed(e);
    }
    LogFile log = LogFile.in(out);
    MDC.put(SparkRuntime.LOGGED_JOB, jobId);
    ResultBuilder result = JobResult.builder(job, jobId).master(flags.master());
    PublishGate gate = new PublishGate();
    try (ConsoleListener listener = console.listener()) {
      JobContext context = new JobContext(start, job, flags, listener, result, gate);
      try (Settlement settlement =
          new Settlement(out, result, gate, outcome -> interrupted(context, listener, outcome))
              .watch()) {
        console.say(
            "job "
                + jobId
                + (start.isResumed() ? " resumed" : "")
                + ", Spark's log: "
                + log.path());
        return settle(settlement, context, body, listener, start);
      }
    }
  }

  private int settle(
      Settlement settlement,
      JobContext context,
      Body body,
      ConsoleListener listener,
      JobStart start) {
    try {
      start.requireSound();
      if (start.isResumed()) {
        context.result().resumed();
      }
      body.run(context);
      listener.close();
      JobResult ended = context.result().succeeded();
      body.close(console, ended);
      body.judge(console, ended);
      keep(context, settlement.succeed());
      context.store().ifPresent(store -> forgetCheckpoint(store, start.jobId()));
      console.say("result: " + start.out().resolve(ResultFile.NAME));
      return ExitCodes.DONE;
    } catch (Throwable e) {
      return failed(settlement, context, listener, e);
    }
  }

  private int failed(
      Settlement settlement, JobContext context, ConsoleListener listener, Throwable failure) {
    int code = ExitCodes.of(failure);
    try {
      keep(context, settlement.fail(code, ExitCodes.problem(failure, LogFile.current().path())));
    } catch (RuntimeException unwritable) {
      // the failure itself is said and returned; that result.json could not be written is its
      // lesser
      failure.addSuppressed(unwritable);
    }
    listener.close();
    return console.failed(failure);
  }

  /** Runs in the shutdown hook, where a store that does not answer must not hold up the end. */
  private void interrupted(JobContext context, ConsoleListener listener, JobResult outcome) {
    listener.close();
    console.err().println("secateur: " + PublishGate.INTERRUPTED.line());
    CompletableFuture<Void> kept = CompletableFuture.runAsync(() -> keep(context, outcome));
    try {
      kept.get(STORE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LoggerFactory.getLogger(JobRunner.class).warn("result.json is not in the store", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A second copy, for whoever has the store but not this folder; the job does not depend on it.
   */
  private static void keep(JobContext context, JobResult outcome) {
    if (!context.isOfTheJob()) {
      return;
    }
    context.store().ifPresent(store -> keep(store, outcome));
    context.progress().ifPresent(progress -> progress.ended(outcome));
  }

  private static void forgetCheckpoint(ModelStore store, String jobId) {
    try {
      store.jobs().deleteCheckpoint(jobId);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(JobRunner.class).warn("a checkpoint stays in the store", e);
    }
  }

  private static void keep(ModelStore store, JobResult outcome) {
    try {
      store.jobs().write(outcome.jobId(), ResultFile.NAME, ResultFile.toBytes(outcome));
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(JobRunner.class).warn("result.json is not in the store", e);
    }
  }
}
