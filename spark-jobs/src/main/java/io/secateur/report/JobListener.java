package io.secateur.report;

import io.secateur.store.ModelVersion;

/**
 * Is told, on the driver's job thread, how a job goes. Implementations return quickly and do not
 * throw.
 */
public interface JobListener {
  /** The job was read and checked, and begins. */
  default void jobStarted() {}

  /**
   * A stage begins.
   *
   * @param stage the stage's name as people read it: "train", "prune", "hold"
   * @param epochs how many epochs it will run, at least 0
   */
  void stageStarted(String stage, int epochs);

  /** An epoch of the current stage has ended and was validated. */
  void epochFinished(EpochReport epoch);

  /** Weights were cut; retraining follows. */
  void pruned(StepReport step);

  /** Something worth a line, without a trailing period or line end. */
  void note(String line);

  /** Something that is not as it should be but does not end the job: one line. */
  void warning(String line);

  /** A version was committed to the store. */
  void published(ModelVersion version);
}
