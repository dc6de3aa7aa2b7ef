package io.secateur.job;

import io.secateur.checkpoint.Account;
import io.secateur.checkpoint.Checkpoint;
import io.secateur.checkpoint.CheckpointWriter;
import io.secateur.checkpoint.CutProgress;
import io.secateur.checkpoint.JobPhase;
import io.secateur.checkpoint.Position;
import io.secateur.checkpoint.ValidatedEpoch;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Mask;
import io.secateur.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job's checkpoints: the one that an earlier run has left, and those of this run. */
final class Checkpoints {
  private final JobEnvironment environment;
  private final CheckpointWriter writer;
  private final Checkpoint found;
  private final List<ValidatedEpoch> epochs = new ArrayList<>();

  private Checkpoints(JobEnvironment environment, CheckpointWriter writer, Checkpoint found) {
    this.environment = environment;
    this.writer = writer;
    this.found = found;
  }

  /** Those of work that begins anew when its job is resumed: none are found, none are written. */
  static Checkpoints none(JobEnvironment environment) {
    return new Checkpoints(environment, CheckpointWriter.none(), null);
  }

  /**
   * Reads the checkpoint of a job that is resumed, if it has one, and gives the result what it
   * holds of it.
   *
   * @throws io.secateur.store.IntegrityException when it is damaged
   */
  static Checkpoints open(JobEnvironment environment, ParameterLayout layout) {
    Checkpoint found = null;
    if (environment.history().isResumed()) {
      found =
          environment
              .store()
              .jobs()
              .readCheckpoint(environment.jobId())
              .map(
                  content ->
                      Checkpoint.parse(content, layout, "checkpoint of job " + environment.jobId()))
              .orElse(null);
    }
    CheckpointWriter writer =
        new CheckpointWriter(
            environment.store().jobs(), environment.jobId(), environment.listener());
    Checkpoints checkpoints = new Checkpoints(environment, writer, found);
    if (found != null) {
      environment.result().addEarlier(found.account().steps(), found.account().timings());
      checkpoints.epochs.addAll(found.account().epochs());
    }
    return checkpoints;
  }

  /** The checkpoint of the earlier run, if it lies in this phase. */
  Optional<Checkpoint> found(JobPhase phase) {
    return Optional.ofNullable(found).filter(at -> at.position().phase() == phase);
  }

  /** Where a resumed job goes on, for people; empty for a job's first run. */
  Optional<String> describe() {
    if (!environment.history().isResumed()) {
      return Optional.empty();
    }
    return Optional.of(
        found == null
            ? "no training was checkpointed yet"
            : "the job goes on from its checkpoint: " + found.position().describe());
  }

  /** Adds to the validation history. */
  void validated(ValidatedEpoch epoch) {
    epochs.add(epoch);
  }

  CheckpointWriter writer() {
    return writer;
  }

  /** A checkpoint of the job as it is now. */
  Checkpoint of(
      Position position,
      TrainingState state,
      Mask mask,
      Optional<CutProgress> cuts,
      Optional<Checkpoint.Best> best) {
    Account account =
        new Account(environment.result().steps(), environment.result().timings(), epochs);
    return new Checkpoint(position, mask, state, cuts, best, account);
  }
}
