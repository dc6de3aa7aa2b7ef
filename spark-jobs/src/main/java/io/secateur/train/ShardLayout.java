package io.secateur.train;

import java.io.Serializable;

/**
 * How a state that travels is cut into shards. The first half of them are the parameters (surviving
 * weights in mask order, then the others) in equal runs, the second half their velocity, cut at the
 * same places.
 */
final class ShardLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A shard fits well into one block that Spark sends. */
  private static final long MOST_FLOATS = 16L << 20;

  private final int survivors;
  private final int others;
  private final int half;

  private ShardLayout(int survivors, int others, int half) {
    this.survivors = survivors;
    this.others = others;
    this.half = half;
  }

  /** As many shards as there are workers, or one more: each sums its share of a round. */
  static ShardLayout of(int survivors, int others, int workers) {
    long parameters = (long) survivors + others;
    long needed = (parameters + MOST_FLOATS - 1) / MOST_FLOATS;
    return new ShardLayout(survivors, others, (int) Math.max((workers + 1) / 2, needed));
  }

  /** All shards: parameters and velocity. */
  int shards() {
    return 2 * half;
  }

  /** The shards [0, this) hold the parameters. */
  int parameterShards() {
    return half;
  }

  int survivors() {
    return survivors;
  }

  int others() {
    return others;
  }

  /** Whether a shard holds velocity, not parameters. */
  boolean isVelocity(int shard) {
    return shard >= half;
  }

  /** The place of a shard's first value among the parameters, or among their velocity. */
  int first(int shard) {
    return start(shard % half);
  }

  /** The number of values in a shard. */
  int length(int shard) {
    return start(shard % half + 1) - start(shard % half);
  }

  /** A copy of a shard's values out of these arrays, which are those of {@link RoundInput}. */
  float[] cut(int shard, float[] weights, float[] otherValues, float[] velocity) {
    float[] values = new float[length(shard)];
    int from = first(shard);
    if (isVelocity(shard)) {
      System.arraycopy(velocity, from, values, 0, values.length);
    } else {
      int ofWeights = Math.max(0, Math.min(values.length, survivors - from));
      System.arraycopy(weights, Math.min(from, survivors), values, 0, ofWeights);
      System.arraycopy(
          otherValues, Math.max(0, from - survivors), values, ofWeights, values.length - ofWeights);
    }
    return values;
  }

  /** Writes a shard's values to their place in these arrays, which are those of a round's input. */
  void place(int shard, float[] values, float[] weights, float[] otherValues, float[] velocity) {
    if (values.length != length(shard)) {
      throw new IllegalArgumentException(
          values.length + " values for shard " + shard + " of " + length(shard));
    }
    int from = first(shard);
    if (isVelocity(shard)) {
      System.arraycopy(values, 0, velocity, from, values.length);
    } else {
      int ofWeights = Math.max(0, Math.min(values.length, survivors - from));
      System.arraycopy(values, 0, weights, Math.min(from, survivors), ofWeights);
      System.arraycopy(
          values, ofWeights, otherValues, Math.max(0, from - survivors), values.length - ofWeights);
    }
  }

  private int start(int index) {
    return (int) ((long) index * (survivors + others) / half);
  }
}
