package io.secateur.checkpoint;

import io.secateur.report.JobResult;
import java.util.List;

/**
 * What result.json has collected up to a checkpoint.
 *
 * @param steps the cuts that are over
 * @param timings seconds so far
 * @param epochs the validation history
 */
public record Account(
    List<JobResult.Step> steps, JobResult.Timings timings, List<ValidatedEpoch> epochs) {
  /** Copies the lists. */
  public Account {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }
}
