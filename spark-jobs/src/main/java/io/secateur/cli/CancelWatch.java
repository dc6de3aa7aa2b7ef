package io.secateur.cli;

import io.secateur.store.JobFolders;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a job was cancelled: whoever can write to the store leaves a file in the job's
 * folder, wherever the driver runs and whatever cluster runs it. The job then ends as by Ctrl-C.
 */
final class CancelWatch extends TimerTask {
  /** The file's name. */
  static final String FILE = "cancel";

  /** How often it is looked for. */
  static final int SECONDS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);

  private final JobFolders jobs;
  private final String jobId;

  private CancelWatch(JobFolders jobs, String jobId) {
    this.jobs = jobs;
    this.jobId = jobId;
  }

  /** Watches until the process ends. */
  static void start(JobFolders jobs, String jobId) {
    new Timer("secateur-cancel", true).schedule(new CancelWatch(jobs, jobId), 0, SECONDS * 1_000L);
  }

  @Override
  public void run() {
    try {
      if (jobs.read(jobId, FILE).isPresent()) {
        super.cancel();
        jobs.delete(jobId, FILE);
        System.exit(ExitCodes.INTERRUPTED);
      }
    } catch (RuntimeException e) {
      LOG.warn("whether the job was cancelled is not known", e);
    }
  }
}
