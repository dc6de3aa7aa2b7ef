package io.secateur.job;

import io.secateur.report.EpochReport;
import io.secateur.report.JobListener;
import io.secateur.report.StepReport;
import io.secateur.store.ModelVersion;

/** The listener of a part of a job, whose epochs and cuts are not those of the job. */
record MutedListener(JobListener listener) implements JobListener {
  @Override
  public void stageStarted(String stage, int epochs) {}

  @Override
  public void epochFinished(EpochReport epoch) {}

  @Override
  public void pruned(StepReport step) {}

  @Override
  public void note(String line) {}

  @Override
  public void warning(String line) {
    listener.warning(line);
  }

  @Override
  public void published(ModelVersion version) {}
}
