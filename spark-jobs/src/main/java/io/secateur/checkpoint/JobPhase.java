package io.secateur.checkpoint;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The parts of a job's way that a checkpoint can lie in. */
public enum JobPhase {
  /** Dense training, before one of its epochs. */
  TRAINING,
  /** Dense training is done; the dense network is published next. */
  TRAINED,
  /** Cutting and retraining, before one of its rounds. */
  PRUNING,
  /** Pruning is done; the pruned network is published next. */
  PRUNED;

  /** As written in checkpoints. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
