package io.secateur.train.engine;

import io.secateur.data.MinibatchReader;
import io.secateur.data.Seeds;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.Nesterov;
import io.secateur.network.Topology;
import io.secateur.train.LocalTrainer;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.WorkerSetup;

/** A worker on our own kernels. */
final class NativeTrainer implements LocalTrainer {
  private static final long DROPOUT = Seeds.of("dropout");

  private final NativeNetwork network;
  private final MinibatchReader reader;
  private final long seed;
  private final int partition;
  private final float[] features;
  private final int[] labels;

  NativeTrainer(WorkerSetup setup, Kernels kernels, KernelPolicy policy) {
    Topology topology = setup.network().topology();
    KernelPlan plan = policy.plan(topology, setup.mask(), setup.batchSize());
    this.network = NetworkBuilder.trained(kernels, topology, setup.mask(), plan, setup.batchSize());
    this.reader = setup.reader();
    this.seed = setup.seed();
    this.partition = setup.partition();
    this.features = new float[setup.batchSize() * reader.pixelsPerRow()];
    this.labels = new int[setup.batchSize()];
  }

  @Override
  public RoundResult round(RoundInput in, int minibatches) {
    ParameterMap parameters = network.parameters();
    requireFit(in, parameters);
    float[] arena = network.arena();
    parameters.putValues(in.weights(), in.others(), arena);
    parameters.putVelocity(in.velocity(), arena);
    reader.startEpoch(in.epoch());
    network.startRound(
        in.dropout(), Seeds.random(seed, DROPOUT, in.epoch(), in.round(), partition), in.frozen());
    Nesterov rule = new Nesterov(in.learningRate(), in.momentum(), in.l1(), in.l2());

    int examples = 0;
    double lossSum = 0;
    long first = (long) in.round() * minibatches;
    long end = Math.min(first + minibatches, reader.minibatches());
    for (int minibatch = (int) Math.min(first, end); minibatch < end; minibatch++) {
      int rows = reader.read(minibatch, features, labels);
      lossSum += network.train(features, labels, rows, rule);
      examples += rows;
    }
    return RoundResult.wrapping(
        parameters.weights(arena),
        parameters.others(arena),
        parameters.velocity(arena),
        examples,
        lossSum);
  }

  private static void requireFit(RoundInput in, ParameterMap parameters) {
    if (in.weights().length != parameters.survivors()
        || in.others().length != parameters.otherCount()) {
      throw new IllegalStateException(
          "a round of %d weights and %d others for a network of %d survivors and %d"
              .formatted(
                  in.weights().length,
                  in.others().length,
                  parameters.survivors(),
                  parameters.otherCount()));
    }
  }

  /** All is on the heap. */
  @Override
  public void close() {}
}
