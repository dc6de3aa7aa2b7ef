package io.secateur.job;

/**
 * What came before this run of a job.
 *
 * @param versionsBefore the highest version of the model when the job first began, 0 for none: its
 *     own versions are above
 * @param run whether an earlier run is continued
 */
public record JobHistory(int versionsBefore, Run run) {
  /** How a run begins. */
  public enum Run {
    /** The job's first. */
    FIRST,
    /** One that goes on where an earlier one of the same job was at its last checkpoint. */
    RESUMED
  }

  /** A job's first run. */
  public static JobHistory first(int versionsBefore) {
    return new JobHistory(versionsBefore, Run.FIRST);
  }

  /** A run that continues an earlier one. */
  public static JobHistory resumed(int versionsBefore) {
    return new JobHistory(versionsBefore, Run.RESUMED);
  }

  /** Rejects a negative version. */
  public JobHistory {
    if (versionsBefore < 0) {
      throw new IllegalArgumentException("version " + versionsBefore);
    }
  }

  /** Whether an earlier run is continued. */
  public boolean isResumed() {
    return run == Run.RESUMED;
  }
}
