package io.secateur.train;

/**
 * Trains one worker's network on one partition: all that an engine implements for training. It
 * keeps nothing from one round to the next that could change a result: parameters, velocity and the
 * seeds of anything random are set from the input of each round. Not thread-safe.
 */
public interface LocalTrainer extends AutoCloseable {
  /**
   * Trains on minibatches [round x minibatches, (round + 1) x minibatches) of the input's epoch, as
   * far as the partition has them.
   *
   * @param in is only read; the weights and biases of its {@link RoundInput#frozen} layers come
   *     back as they are
   * @return fresh arrays
   */
  RoundResult round(RoundInput in, int minibatches);

  /** Frees what the engine holds outside the heap. */
  @Override
  void close();
}
