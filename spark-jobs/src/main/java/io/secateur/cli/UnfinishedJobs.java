package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.report.JobProgress;
import io.secateur.store.ModelStore;
import java.time.Instant;
import java.util.Optional;

/** The jobs of a store that can be resumed: all that have not succeeded, and whose driver died. */
final class UnfinishedJobs {
  private final ModelStore store;

  UnfinishedJobs(ModelStore store) {
    this.store = store;
  }

  /**
   * The newest unfinished job that publishes as this name.
   *
   * @throws UsageException when there is none, or it is running
   */
  JobProgress newest(String model) {
    for (String id : store.jobs().ids()) {
      StoredJob job = StoredJob.read(store.jobs(), id);
      Optional<JobProgress> progress = job.progress().filter(at -> at.model().equals(model));
      if (progress.isPresent() && job.status(Instant.now()) != StoredJob.Status.SUCCEEDED) {
        return notRunning(progress.get());
      }
    }
    throw new UsageException(
        new Problem(
            "no unfinished job of " + model + " in store " + store.root(),
            "a job that has not succeeded",
            "start it without --resume, or name another with --resume=JOB-ID: secateur jobs list"
                + option()));
  }

  /**
   * This job.
   *
   * @throws UsageException when there is no such job, it has succeeded, or it is running
   */
  JobProgress named(String id) {
    StoredJob job = StoredJob.read(store.jobs(), id);
    JobProgress progress =
        job.progress()
            .orElseThrow(
                () ->
                    new UsageException(
                        "no job " + id + " that can be resumed in store " + store.root(),
                        "the id of a job that has not succeeded",
                        "name one of: secateur jobs list" + option()));
    if (job.status(Instant.now()) == StoredJob.Status.SUCCEEDED) {
      throw new UsageException(
          "job " + id + ", which has succeeded",
          "a job that has not",
          "start a new one without --resume");
    }
    return notRunning(progress);
  }

  private static JobProgress notRunning(JobProgress progress) {
    Instant now = Instant.now();
    if (progress.isAlive(now)) {
      throw new UsageException(
          new Problem(
              "job "
                  + progress.jobId()
                  + " running on host "
                  + progress.driver().host()
                  + " (process "
                  + progress.driver().pid()
                  + ", last heard of "
                  + Math.max(0, progress.age(now).toSeconds())
                  + " s ago)",
              "a job whose driver has ended",
              "let it run, or end that process and resume then"));
    }
    return progress;
  }

  private String option() {
    return StoreFlags.option(store.root());
  }
}
