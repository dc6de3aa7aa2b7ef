package io.secateur.train;

/** A network at fixed parameters. Not thread-safe. */
public interface Predictor extends AutoCloseable {
  /** The most examples that one call takes. */
  int BATCH = 64;

  /**
   * Predicts up to {@link #BATCH} examples.
   *
   * @param features [count][inputs], scaled as the topology's input says
   * @param outputs receives [count][outputs]: what the network's output node computes, class
   *     probabilities behind a softmax
   */
  void predict(float[] features, int count, float[] outputs);

  /** The values that leave the network for one example. */
  int outputs();

  @Override
  void close();
}
