package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import java.util.Optional;

/**
 * Trains a network on all partitions at once, a round at a time, with averages between rounds. The
 * state being trained lies with the trainer: it is handed over by {@link #begin}, trained by {@link
 * #round}, and looked at through {@link #state}. Not thread-safe.
 */
public interface DataParallelTrainer extends AutoCloseable {
  /**
   * Hands a state over, at the start and after each cut; it takes the place of the one before.
   *
   * @param state belongs to the trainer from now on, and may be trained in place; its weights are
   *     zero outside the mask
   * @param mask over the global indices: the weights that are trained
   */
  void begin(TrainingState state, Mask mask);

  /**
   * Runs one round: the average of the workers' parameters and velocity becomes the state.
   *
   * @throws IllegalStateException before a state was handed over
   * @throws io.secateur.error.JobFailedException when the loss is NaN or infinite (saying where), a
   *     pruned weight is not zero afterwards, or a task failed for good
   */
  RoundOutcome round(RoundSettings settings);

  /**
   * The state after the last round, brought to the driver: the whole model may travel, so ask for
   * it at cuts, at the end and for checkpoints, not between rounds. It belongs to the trainer, and
   * holds until the next round.
   *
   * @throws IllegalStateException before a state was handed over
   */
  TrainingState state();

  /**
   * Measures the state on these rows where it lies: the same figures, to the last bit, as {@link
   * Evaluator} gives for {@link #state}.
   *
   * @throws IllegalStateException before a state was handed over
   */
  Evaluation evaluate(LabelledImages rows);

  /**
   * Remembers the parameters as they are now, in place of those remembered before; a new {@link
   * #begin} leaves them alone.
   *
   * @throws IllegalStateException before a state was handed over
   */
  void keep();

  /** The parameters remembered, brought to the driver; empty when nothing was kept. */
  Optional<NetworkParameters> kept();

  /** The minibatches of an epoch in the largest partition, a short last one included. */
  int minibatchesPerEpoch();

  /** Lets the workers drop their partitions, and frees the networks of this JVM. */
  @Override
  void close();
}
