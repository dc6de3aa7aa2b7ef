package io.secateur.report;

import io.secateur.store.ModelVersion;

/**
 * Tells two listeners, one after the other.
 *
 * @param first told first
 * @param second told second
 */
public record ListenerPair(JobListener first, JobListener second) implements JobListener {
  @Override
  public void jobStarted() {
    first.jobStarted();
    second.jobStarted();
  }

  @Override
  public void stageStarted(String stage, int epochs) {
    first.stageStarted(stage, epochs);
    second.stageStarted(stage, epochs);
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    first.epochFinished(epoch);
    second.epochFinished(epoch);
  }

  @Override
  public void pruned(StepReport step) {
    first.pruned(step);
    second.pruned(step);
  }

  @Override
  public void note(String line) {
    first.note(line);
    second.note(line);
  }

  @Override
  public void warning(String line) {
    first.warning(line);
    second.warning(line);
  }

  @Override
  public void published(ModelVersion version) {
    first.published(version);
    second.published(version);
  }
}
