package io.secateur.train;

import io.secateur.config.DropoutPolicy;
import java.io.Serializable;
import java.util.Set;

/**
 * All that a worker needs to know for one round: where the job is, how to update, and the state to
 * start from, in canonical order. A worker's result is a pure function of this, the mask that
 * {@link #maskId} names and the rows of its partition.
 *
 * <p>The arrays are not copied; in one JVM the tasks of a round share them, so they are only read.
 */
public final class RoundInput implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int step;
  private final int epoch;
  private final int round;
  private final int maskId;
  private final float learningRate;
  private final float momentum;
  private final float l1;
  private final float l2;
  private final DropoutPolicy dropout;
  private final String[] frozen;
  private final float[] weights;
  private final float[] others;
  private final float[] velocity;

  private RoundInput(
      RoundSettings settings, int maskId, float[] weights, float[] others, float[] velocity) {
    this.step = settings.step();
    this.epoch = settings.epoch();
    this.round = settings.round();
    this.maskId = maskId;
    this.learningRate = (float) settings.learningRate();
    this.momentum = (float) settings.momentum();
    this.l1 = (float) settings.l1();
    this.l2 = (float) settings.l2();
    this.dropout = settings.dropout();
    this.frozen = settings.frozen().toArray(new String[0]);
    this.weights = weights;
    this.others = others;
    this.velocity = velocity;
  }

  private RoundInput(RoundInput place, float[] weights, float[] others, float[] velocity) {
    this.step = place.step;
    this.epoch = place.epoch;
    this.round = place.round;
    this.maskId = place.maskId;
    this.learningRate = place.learningRate;
    this.momentum = place.momentum;
    this.l1 = place.l1;
    this.l2 = place.l2;
    this.dropout = place.dropout;
    this.frozen = place.frozen;
    this.weights = weights;
    this.others = others;
    this.velocity = velocity;
  }

  /**
   * An input around these arrays, without a copy.
   *
   * @param weights the surviving weights in mask order
   * @param others biases and statistics
   * @param velocity of the weights, then of the others
   */
  public static RoundInput wrapping(
      RoundSettings settings, int maskId, float[] weights, float[] others, float[] velocity) {
    if (velocity.length != weights.length + others.length) {
      throw new IllegalArgumentException(
          "a velocity for each of "
              + weights.length
              + " weights and "
              + others.length
              + " others, found "
              + velocity.length);
    }
    return new RoundInput(settings, maskId, weights, others, velocity);
  }

  /** The same place and settings around other arrays, without a copy. */
  RoundInput holding(float[] otherWeights, float[] otherOthers, float[] otherVelocity) {
    return new RoundInput(this, otherWeights, otherOthers, otherVelocity);
  }

  /** The pruning step, counted from 1; 0 in dense training. */
  public int step() {
    return step;
  }

  /** The epoch, counted from 0 through the whole job. */
  public int epoch() {
    return epoch;
  }

  /** The round inside the epoch, counted from 0. */
  public int round() {
    return round;
  }

  /** Which mask the weights are in the order of. */
  public int maskId() {
    return maskId;
  }

  public float learningRate() {
    return learningRate;
  }

  public float momentum() {
    return momentum;
  }

  /** Added to a weight's gradient times its sign. */
  public float l1() {
    return l1;
  }

  /** Added to a weight's gradient times the weight. */
  public float l2() {
    return l2;
  }

  public DropoutPolicy dropout() {
    return dropout;
  }

  /** Layers that do not learn in this round. */
  public Set<String> frozen() {
    return Set.of(frozen);
  }

  /** The surviving weights in mask order, not a copy. */
  public float[] weights() {
    return weights;
  }

  /** Biases and statistics in canonical order, not a copy. */
  public float[] others() {
    return others;
  }

  /** The velocity of the surviving weights, then of the others, not a copy. */
  public float[] velocity() {
    return velocity;
  }
}
