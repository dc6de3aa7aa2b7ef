package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.SampleDigits;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.util.stream.IntStream;

/** Rounds on the sample digits, as the tests of this package run them. */
public final class Rounds {
  public static final long SEED = 11;
  public static final int BATCH = 16;
  public static final int MINIBATCHES = 4;

  private Rounds() {}

  public static TrainingPlan plan(String jobId, NetworkDefinition network, int partitions) {
    return plan(jobId, new Dl4jEngine(), network, partitions);
  }

  public static TrainingPlan plan(
      String jobId, Engine engine, NetworkDefinition network, int partitions) {
    return new TrainingPlan(
        jobId, engine, network, partitions, BATCH, ShiftAugmentation.upTo(1, SEED), SEED);
  }

  public static NetworkDefinition definition(ShippedNetwork network) {
    return Dl4jNetworks.render(network.topology());
  }

  public static RoundSettings settings(int epoch, int round) {
    return new RoundSettings(
        0, epoch, round, MINIBATCHES, 0.05, 0.9, 1e-5, 1e-4, DropoutPolicy.UNCHANGED);
  }

  public static TrainingState initial(ShippedNetwork network) {
    return TrainingState.startingFrom(InitialWeights.of(network.topology(), SEED));
  }

  /** About half of the weights. */
  public static Mask half(NetworkParameters parameters) {
    float[] weights = parameters.weights();
    return Mask.where(weights.length, i -> Math.abs(weights[i]) > 0.02);
  }

  /** Two epochs, the second with a mask; the state after the cut that follows them. */
  public static TrainingState train(DataParallelTrainer trainer, TrainingState initial) {
    TrainingState state = initial;
    Mask mask = Mask.full(state.parameters().weights().length);
    trainer.begin(state, mask);
    int rounds = (trainer.minibatchesPerEpoch() + MINIBATCHES - 1) / MINIBATCHES;
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int round = 0; round < rounds; round++) {
        trainer.round(settings(epoch, round));
      }
      state = trainer.state();
      mask = half(state.parameters());
      state.apply(mask);
      trainer.begin(state, mask);
    }
    return trainer.state();
  }

  /** Training rows of the sample. */
  public static TrainingRows rows() {
    return SampleDigits.splits().trainingRows();
  }

  /** The bits of each value: NaN and -0.0 are told apart. */
  static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  /** The largest difference; an assertion on each of 400,000 floats takes its time. */
  public static float difference(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    float largest = 0;
    for (int i = 0; i < found.length; i++) {
      float difference = Math.abs(found[i] - expected[i]);
      largest = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }
}
