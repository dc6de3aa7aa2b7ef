package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a running job to end, wherever its driver is. */
@Command(
    name = "cancel",
    description = "End a job that runs or waits, here or on a cluster; it can be resumed.")
final class CancelJobCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(paramLabel = "JOB-ID", description = "A job that \"jobs list\" shows.")
  private String id;

  CancelJobCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints. */
  record Cancelled(String jobId, StoredJob.Status status) {}

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    ModelStore store = flags.store().open(flags.store().root());
    JobFolders jobs = store.jobs();
    StoredJob.Status before = StoredJob.read(jobs, id).status(Instant.now());
    if (before != StoredJob.Status.RUNNING && before != StoredJob.Status.SUBMITTED) {
      throw new UsageException(
          new Problem(
              "job " + id + " in store " + store.root() + " with status " + before.wireName(),
              "a job that runs or waits",
              "look at: secateur jobs list" + StoreFlags.option(store.root())));
    }
    jobs.write(id, CancelWatch.FILE, (Instant.now() + "\n").getBytes(StandardCharsets.UTF_8));
    StoredJob.Status now = before == StoredJob.Status.RUNNING ? awaitEnd(jobs) : before;
    console.answer(
        flags.json() ? ModelFlags.toJson(new Cancelled(id, now)) : "job " + id + ": " + told(now));
    return ExitCodes.DONE;
  }

  private StoredJob.Status awaitEnd(JobFolders jobs) {
    Instant end = Instant.now().plus(PATIENCE);
    StoredJob.Status now = StoredJob.Status.RUNNING;
    try {
      while (now == StoredJob.Status.RUNNING && Instant.now().isBefore(end)) {
        Thread.sleep(500);
        now = StoredJob.read(jobs, id).status(Instant.now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  private static String told(StoredJob.Status status) {
    return switch (status) {
      case SUBMITTED -> "will end when its driver starts";
      case RUNNING -> "asked to end, and still at its last step";
      case SUCCEEDED -> "had come to its end already";
      default -> "ended; go on with it by --resume";
    };
  }
}
