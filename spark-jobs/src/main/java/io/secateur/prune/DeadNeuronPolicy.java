package io.secateur.prune;

import java.util.Locale;

/** What becomes of neurons that pruning has cut off. */
public enum DeadNeuronPolicy {
  /** They stay, with the weights that they have. */
  KEEP,
  /** They go at the end of the job, with all their weights: the network becomes smaller. */
  REMOVE;

  /** As written in a job file. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
