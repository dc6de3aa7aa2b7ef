package io.secateur.checkpoint;

import io.secateur.error.StoreException;
import io.secateur.report.JobListener;
import io.secateur.store.JobFolders;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes a job's checkpoints, so often that they cost little: one is due when the time since the
 * last is a multiple of what that one took. At the end of a phase it is always due. One that can't
 * be written costs the job a warning, and itself.
 */
public final class CheckpointWriter {
  /** After epochs: at most one percent of the time. */
  private static final int EPOCH_MULTIPLE = 100;

  /** After cuts: at most five percent of the time, for schedules that cut in every few rounds. */
  private static final int CUT_MULTIPLE = 20;

  private final JobFolders jobs;
  private final String jobId;
  private final JobListener listener;
  private final LongSupplier nanoTime;
  private boolean written;
  private long cost;
  private long end;

  /** A writer that has written nothing yet. */
  public CheckpointWriter(JobFolders jobs, String jobId, JobListener listener) {
    this(jobs, jobId, listener, System::nanoTime);
  }

  /** A writer of a job whose training is not checkpointed. */
  public static CheckpointWriter none() {
    return new CheckpointWriter(null, null, null);
  }

  CheckpointWriter(JobFolders jobs, String jobId, JobListener listener, LongSupplier nanoTime) {
    this.jobs = jobs;
    this.jobId = jobId;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /** An epoch has ended. */
  public void afterEpoch(Supplier<Checkpoint> checkpoint) {
    writeIfDue(EPOCH_MULTIPLE, checkpoint);
  }

  /** A cut was made. */
  public void afterCut(Supplier<Checkpoint> checkpoint) {
    writeIfDue(CUT_MULTIPLE, checkpoint);
  }

  private void writeIfDue(int multiple, Supplier<Checkpoint> checkpoint) {
    if (!written || nanoTime.getAsLong() - end >= multiple * cost) {
      write(checkpoint);
    }
  }

  /** Writes it in any case. */
  public void write(Supplier<Checkpoint> checkpoint) {
    if (jobs == null) {
      return;
    }
    long start = nanoTime.getAsLong();
    try {
      jobs.writeCheckpoint(jobId, checkpoint.get().toBytes());
    } catch (StoreException e) {
      listener.warning("no checkpoint: " + e.problem().line());
    }
    end = nanoTime.getAsLong();
    cost = end - start;
    written = true;
  }
}
