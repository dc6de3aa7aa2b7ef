package io.secateur.bench;

/**
 * What a bench measures.
 *
 * @param only the beginning of the names of the rows that are wanted; empty for all
 * @param samples counted epochs of each contestant, at least 3
 * @param roundMinibatches minibatches between two averages, at least 1
 */
public record BenchOptions(String only, int samples, int roundMinibatches) {
  public BenchOptions {
    if (samples < 3 || roundMinibatches < 1) {
      throw new IllegalArgumentException(
          samples + " samples, " + roundMinibatches + " minibatches a round");
    }
  }

  /** Whether rows whose names begin like this are wanted. */
  boolean wants(String prefix) {
    return prefix.startsWith(only) || only.startsWith(prefix);
  }
}
