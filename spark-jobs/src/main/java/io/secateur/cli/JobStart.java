package io.secateur.cli;

import io.secateur.error.SecateurException;
import io.secateur.error.UsageException;
import io.secateur.report.JobProgress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which job a command runs: a new one, or one that is resumed with its id and its out folder.
 *
 * @param jobId the job's id
 * @param out its out folder, absolute
 * @param earlier how far an earlier run of it came; empty for a new job
 * @param failure why the job to resume was not found; the job runs only to report it
 */
record JobStart(
    String jobId, Path out, Optional<JobProgress> earlier, Optional<SecateurException> failure) {

  /**
   * Finds it.
   *
   * @param subject reads what a job that can be resumed is about
   */
  static JobStart of(JobFlags flags, Supplier<Optional<JobSubject>> subject) {
    String fresh = flags.jobId().orElseGet(() -> JobId.at(Instant.now()));
    Path freshOut = absolute(flags.out(fresh));
    if (flags.resume().isEmpty()) {
      return new JobStart(fresh, freshOut, Optional.empty(), Optional.empty());
    }
    try {
      JobProgress earlier = earlier(flags, subject.get());
      Path out = absolute(flags.out().orElseGet(() -> Path.of(earlier.out())));
      return new JobStart(earlier.jobId(), out, Optional.of(earlier), Optional.empty());
    } catch (SecateurException e) {
      return new JobStart(fresh, freshOut, Optional.empty(), Optional.of(e));
    }
  }

  private static JobProgress earlier(JobFlags flags, Optional<JobSubject> subject) {
    JobSubject job =
        subject.orElseThrow(
            () ->
                new UsageException(
                    "--resume",
                    "a job that keeps its state: train, prune, sweep, tradeoff, compress or demo",
                    "leave it out"));
    UnfinishedJobs jobs = new UnfinishedJobs(flags.store().open(job.store()));
    String id = flags.resume().orElseThrow();
    return id.equals(JobFlags.NEWEST) ? jobs.newest(job.name()) : jobs.named(id);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  boolean isResumed() {
    return earlier.isPresent();
  }

  /**
   * Fails as the search for the job has.
   *
   * @throws SecateurException why it was not found
   */
  void requireSound() {
    failure.ifPresent(
        e -> {
          throw e;
        });
  }
}
