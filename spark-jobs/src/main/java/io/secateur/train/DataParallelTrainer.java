package io.secateur.train;

import io.secateur.tensor.Mask;

/** Trains a network on all partitions at once, a round at a time, with averages between rounds. */
public interface DataParallelTrainer extends AutoCloseable {
  /**
   * Runs one round and leaves the average of the workers' parameters and velocity in {@code state}.
   *
   * @param state trained in place; its weights are zero outside the mask
   * @param mask over the global indices: the weights that are trained
   * @throws io.secateur.error.JobFailedException when the loss is NaN or infinite (saying where), a
   *     pruned weight is not zero afterwards, or a task failed for good
   */
  RoundOutcome round(TrainingState state, Mask mask, RoundSettings settings);

  /** The minibatches of an epoch in the largest partition, a short last one included. */
  int minibatchesPerEpoch();

  /** Lets the workers drop their partitions, and frees the networks of this JVM. */
  @Override
  void close();
}
