package io.secateur.train.dl4j;

import io.secateur.data.MinibatchReader;
import io.secateur.data.Seeds;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Role;
import io.secateur.tensor.Mask;
import io.secateur.train.FrozenRanges;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NesterovUpdate;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.WorkerSetup;

/**
 * A worker on DL4J's layers: forward and backward are DL4J's, the update is ours on the surviving
 * weights, which are put into DL4J's parameters before every minibatch with zeros between them.
 */
final class Dl4jTrainer implements LocalTrainer {
  private static final long DROPOUT = Seeds.of("dropout");

  private final Dl4jNetwork network;
  private final MinibatchReader reader;
  private final DropoutRates dropout;
  private final long seed;
  private final int partition;
  private final ParameterLayout layout;
  private final Mask mask;
  private final int[] indices;
  private final boolean dense;
  private final int[][] biases;
  private final int[][] statistics;
  private final float[] features;
  private final int[] labels;
  private final float[] denseWeights;
  private final float[] denseGradient;
  private final float[] gradient;
  private final float[] otherGradient;

  Dl4jTrainer(WorkerSetup setup) {
    this.layout = ParameterLayout.of(setup.network().topology());
    this.mask = setup.mask();
    this.network = new Dl4jNetwork(setup.network());
    this.reader = setup.reader();
    this.dropout = DropoutRates.of(network.layers(), setup.network().topology(), mask);
    this.seed = setup.seed();
    this.partition = setup.partition();
    this.indices = mask.indices();
    this.dense = indices.length == mask.length();
    this.biases = network.layout().rangesOf(Role.BIAS);
    this.statistics = network.layout().rangesOf(Role.STATISTIC);
    this.features = new float[setup.batchSize() * reader.pixelsPerRow()];
    this.labels = new int[setup.batchSize()];
    this.denseWeights = new float[mask.length()];
    this.denseGradient = new float[mask.length()];
    this.gradient = dense ? denseGradient : new float[indices.length];
    this.otherGradient = new float[layout.otherCount()];
  }

  @Override
  public RoundResult round(RoundInput in, int minibatches) {
    Dl4jRuntime.prepareThread();
    requireFit(in);
    float[] weights = in.weights().clone();
    float[] others = in.others().clone();
    float[] velocity = in.velocity().clone();
    dropout.follow(in.dropout());
    reader.startEpoch(in.epoch());
    Dl4jNetwork.seed(Seeds.mix(seed, DROPOUT, in.epoch(), in.round(), partition));

    FrozenRanges frozen = FrozenRanges.of(layout, mask, in.frozen());
    frozen.stop(velocity, 0);

    int examples = 0;
    double lossSum = 0;
    long first = (long) in.round() * minibatches;
    long end = Math.min(first + minibatches, reader.minibatches());
    for (int minibatch = (int) Math.min(first, end); minibatch < end; minibatch++) {
      network.model().moveTo(in.epoch(), in.epoch() * reader.minibatches() + minibatch);
      int rows = reader.read(minibatch, features, labels);
      network.setParameters(spread(weights), others);
      lossSum += network.gradient(features, labels, rows, denseGradient, otherGradient);
      examples += rows;
      gather();
      update(weights, others, velocity, 1f / rows, in);
      frozen.putBack(weights, in.weights(), 0);
      frozen.putBack(others, in.others(), weights.length);
      frozen.stop(velocity, 0);
    }
    return RoundResult.wrapping(weights, others, velocity, examples, lossSum);
  }

  /** Native copies do not check: a short array would be read past its end. */
  private void requireFit(RoundInput in) {
    int others = otherGradient.length;
    if (in.weights().length != indices.length
        || in.others().length != others
        || in.velocity().length != indices.length + others) {
      throw new IllegalStateException(
          "a round of %d weights, %d others and %d velocities for a network of %d survivors and %d"
              .formatted(
                  in.weights().length,
                  in.others().length,
                  in.velocity().length,
                  indices.length,
                  others));
    }
  }

  /** The weights in full length; what is not a survivor is +0.0f since the array was made. */
  private float[] spread(float[] weights) {
    if (dense) {
      return weights;
    }
    for (int i = 0; i < indices.length; i++) {
      denseWeights[indices[i]] = weights[i];
    }
    return denseWeights;
  }

  private void gather() {
    if (!dense) {
      for (int i = 0; i < indices.length; i++) {
        gradient[i] = denseGradient[indices[i]];
      }
    }
  }

  private void update(
      float[] weights, float[] others, float[] velocity, float scale, RoundInput in) {
    NesterovUpdate.updateWeights(weights, velocity, gradient, scale, in);
    for (int[] range : biases) {
      NesterovUpdate.updateOthers(
          others, range[0], range[1], velocity, weights.length, otherGradient, scale, in);
    }
    // for running means and variances DL4J hands out the decrease itself as their gradient
    for (int[] range : statistics) {
      for (int i = range[0]; i < range[1]; i++) {
        others[i] -= otherGradient[i];
      }
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
