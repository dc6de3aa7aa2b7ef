package io.secateur.train;

import io.secateur.config.DropoutPolicy;
import java.util.Set;

/**
 * Where a round is and how it updates. A worker trains on minibatches [round x minibatches, (round
 * + 1) x minibatches) of its epoch, as far as it has them.
 *
 * @param step the pruning step, counted from 1; 0 in dense training
 * @param epoch counted from 0 through the whole job: it decides the order of the rows
 * @param round counted from 0 in the epoch
 * @param minibatches in a full round, at least 1
 * @param learningRate at least 0
 * @param momentum in [0, 1)
 * @param l1 at least 0
 * @param l2 at least 0
 * @param dropout whether dropout follows the density of the layers
 * @param frozen layers whose weights and biases stay as they are, their velocity at zero
 */
public record RoundSettings(
    int step,
    int epoch,
    int round,
    int minibatches,
    double learningRate,
    double momentum,
    double l1,
    double l2,
    DropoutPolicy dropout,
    Set<String> frozen) {
  /** Copies the set; refuses places and values out of range. */
  public RoundSettings {
    frozen = Set.copyOf(frozen);
    if (step < 0 || epoch < 0 || round < 0 || minibatches < 1) {
      throw new IllegalArgumentException(
          "no such round: step "
              + step
              + ", epoch "
              + epoch
              + ", round "
              + round
              + " of "
              + minibatches
              + " minibatches");
    }
    if (!(learningRate >= 0 && momentum >= 0 && momentum < 1 && l1 >= 0 && l2 >= 0)) {
      throw new IllegalArgumentException(
          "out of range: learning rate "
              + learningRate
              + ", momentum "
              + momentum
              + ", l1 "
              + l1
              + ", l2 "
              + l2);
    }
  }

  /** A round in which every layer learns. */
  public RoundSettings(
      int step,
      int epoch,
      int round,
      int minibatches,
      double learningRate,
      double momentum,
      double l1,
      double l2,
      DropoutPolicy dropout) {
    this(step, epoch, round, minibatches, learningRate, momentum, l1, l2, dropout, Set.of());
  }
}
