package io.secateur.cli;

import io.secateur.report.ClosingTable;
import io.secateur.report.ConsoleListener;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultFile;
import io.secateur.store.ModelStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

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
    /** Does the work and fills the result. */
    void run(JobContext context);

    /** Prints what the command was asked for; by default the closing table and the version. */
    default void close(Console console, JobResult result) {
      console.say("");
      console.say(ClosingTable.lines(result));
      console.say("");
      if (result.version() != null) {
        String version = result.model() + "@" + result.version();
        console.answer("published " + version + " in " + result.store());
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
    String jobId = JobId.at(Instant.now());
    Path out = flags.out(jobId).toAbsolutePath().normalize();
    try {
      ResultFile.requireWritable(out);
    } catch (RuntimeException e) {
      return console.failed(e);
    }
    LogFile log = LogFile.in(out);
    JobResult.Builder result = JobResult.builder(job, jobId).master(flags.master());
    PublishGate gate = new PublishGate();
    try (ConsoleListener listener = console.listener()) {
      JobContext context = new JobContext(jobId, flags, listener, result, gate);
      try (Settlement settlement =
          new Settlement(out, result, gate, outcome -> interrupted(context, listener, outcome))
              .watch()) {
        console.say("job " + jobId + ", Spark's log: " + log.path());
        return settle(settlement, context, body, listener, out);
      }
    }
  }

  private int settle(
      Settlement settlement, JobContext context, Body body, ConsoleListener listener, Path out) {
    try {
      flags.requireSupported();
      body.run(context);
      listener.close();
      JobResult ended = context.result().succeeded();
      body.close(console, ended);
      body.judge(console, ended);
      keep(context, settlement.succeed());
      console.say("result: " + out.resolve(ResultFile.NAME));
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
    context.store().ifPresent(store -> keep(store, outcome));
  }

  private static void keep(ModelStore store, JobResult outcome) {
    try {
      store.jobs().write(outcome.jobId(), ResultFile.NAME, ResultFile.toBytes(outcome));
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(JobRunner.class).warn("result.json is not in the store", e);
    }
  }
}
