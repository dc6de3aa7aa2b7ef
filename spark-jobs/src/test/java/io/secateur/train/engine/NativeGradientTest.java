package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.config.LayerKernel;
import io.secateur.data.PartitionData;
import io.secateur.data.SampleDigits;
import io.secateur.data.ShiftAugmentation;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Mask;
import io.secateur.train.Engine;
import io.secateur.train.InitialWeights;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.RoundSettings;
import io.secateur.train.Rounds;
import io.secateur.train.TrainingPlan;
import io.secateur.train.WorkerSetup;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With a learning rate of 1, no momentum and no penalties the velocity after one minibatch is the
 * mean gradient with its sign turned.
 */
class NativeGradientTest {
  private static final RoundSettings GRADIENT =
      new RoundSettings(0, 0, 0, 1, 1, 0, 0, 0, DropoutPolicy.UNCHANGED);

  static Stream<Arguments> networks() {
    return Stream.of(
        network("dense", LayerChains.input().flatten().classified()),
        network("dense, two", LayerChains.input().flatten().dense(33).classified()),
        network("no bias", LayerChains.input().flatten().denseWithoutBias(20).classified()),
        network("ReLU", LayerChains.input().flatten().dense(47).relu().classified()),
        network("convolution 5x5", convolved(7, Window.square(5, 1, 0))),
        network("convolution 3x3, padded", convolved(5, Window.square(3, 1, 1))),
        network("convolution 5x5, stride 2", convolved(6, Window.square(5, 2, 2))),
        network("convolution 3x7, stride 3x2", convolved(4, new Window(3, 7, 3, 2, 0, 3))),
        network("convolution 1x1", convolved(18, Window.square(1, 1, 0))),
        network(
            "two convolutions",
            LayerChains.input()
                .convolution(6, Window.square(5, 2, 1))
                .relu()
                .convolution(9, Window.square(3, 1, 1))
                .relu()
                .flatten()
                .classified()),
        network(
            "two convolutions with strides",
            LayerChains.input()
                .convolution(17, Window.square(3, 1, 1))
                .convolutionWithoutBias(5, new Window(5, 2, 3, 2, 2, 1))
                .flatten()
                .classified()),
        network(
            "halving pools",
            LayerChains.input()
                .convolution(6, Window.square(4, 1, 0))
                .relu()
                .pool(Window.square(2, 2, 0))
                .convolution(11, Window.square(3, 1, 1))
                .pool(Window.square(2, 2, 0))
                .flatten()
                .classified()),
        network(
            "overlapping pool",
            LayerChains.input()
                .convolution(6, Window.square(5, 1, 0))
                .pool(Window.square(3, 2, 1))
                .convolution(4, Window.square(3, 1, 0))
                .relu()
                .flatten()
                .classified()),
        network(
            "pool of the input",
            LayerChains.input()
                .pool(Window.square(2, 2, 0))
                .flatten()
                .dense(30)
                .relu()
                .classified()),
        network("lenet-300-100", ShippedNetwork.LENET_300_100.topology()),
        network("lenet-5", ShippedNetwork.LENET_5.topology()));
  }

  private static Arguments network(String name, Topology topology) {
    return Arguments.of(Named.of(name, topology));
  }

  private static Topology convolved(int channels, Window window) {
    return LayerChains.input().convolution(channels, window).flatten().classified();
  }

  private static RoundResult minibatch(Engine engine, Topology topology, int rows) {
    Mask full = Mask.full(InitialWeights.of(topology, 3).weights().length);
    return minibatch(engine, topology, rows, full);
  }

  private static RoundResult minibatch(Engine engine, Topology topology, int rows, Mask mask) {
    NetworkDefinition definition = Dl4jNetworks.render(topology);
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    TrainingPlan plan =
        new TrainingPlan("job", engine, definition, 1, rows, ShiftAugmentation.upTo(1, 5), 5);
    float[] weights = mask.gather(parameters.weights());
    float[] velocity = new float[weights.length + parameters.others().length];
    PartitionData data = PartitionData.of(SampleDigits.trainRows().range(0, 150), 0, 1);
    try (LocalTrainer trainer = engine.trainer(new WorkerSetup(plan, mask, data))) {
      return trainer.round(
          RoundInput.wrapping(GRADIENT, 1, weights, parameters.others(), velocity), 1);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isDl4jsWithinATenThousandth(Topology topology) {
    Engine engine = NativeEngine.ofThisProcess();
    for (int rows : new int[] {37, 64}) {
      RoundResult expected = minibatch(new Dl4jEngine(), topology, rows);
      RoundResult found = minibatch(engine, topology, rows);
      assertSame(topology, found, expected, 1e-4);
      assertThat(found.lossSum()).isCloseTo(expected.lossSum(), relative(1e-5));
      assertThat(found.examples()).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isThatOfPlainJava(Topology topology) {
    RoundResult plain = minibatch(new NativeEngine(KernelProvider.PLAIN), topology, 37);
    RoundResult found = minibatch(NativeEngine.ofThisProcess(), topology, 37);
    assertSame(topology, found, plain, 1e-5);
  }

  /** A third of the weights at random, but none of the first output. */
  private static Mask third(Topology topology) {
    Random random = new Random(12);
    ParameterTensor first = ParameterLayout.of(topology).weights().get(0);
    int inputs = first.elements() / first.shape().dim(0);
    return Mask.where(
        ParameterLayout.of(topology).weightCount(), i -> random.nextInt(3) == 0 && i >= inputs);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void ofSurvivorsIsDl4jsWithinATenThousandth(Topology topology) {
    Mask mask = third(topology);
    for (int bits : new int[] {KernelProvider.PLAIN, KernelProvider.preferredLaneBits()}) {
      Engine engine = new NativeEngine(bits, KernelPolicy.everywhere(LayerKernel.SPARSE));
      for (int rows : new int[] {37, 64}) {
        RoundResult expected = minibatch(new Dl4jEngine(), topology, rows, mask);
        RoundResult found = minibatch(engine, topology, rows, mask);
        assertClose(found.velocity(), expected.velocity());
        assertThat(found.lossSum()).isCloseTo(expected.lossSum(), relative(1e-5));
      }
    }
  }

  /** The largest difference against the largest gradient. */
  private static void assertClose(float[] found, float[] expected) {
    float largest = 0;
    for (float gradient : expected) {
      largest = Math.max(largest, Math.abs(gradient));
    }
    assertThat(largest).isPositive();
    assertThat(Rounds.difference(found, expected) / largest).isLessThan(1e-4f);
  }

  private static org.assertj.core.data.Percentage relative(double share) {
    return org.assertj.core.data.Percentage.withPercentage(100 * share);
  }

  /** Each tensor: the largest difference against the largest gradient. */
  private static void assertSame(
      Topology topology, RoundResult found, RoundResult expected, double tolerance) {
    NetworkParameters layout = InitialWeights.of(topology, 3);
    for (ParameterTensor tensor : layout.layout().tensors()) {
      int shift = tensor.isPrunable() ? 0 : layout.layout().weightCount();
      double largest = 0;
      double difference = 0;
      for (int i = tensor.offset() + shift; i < tensor.end() + shift; i++) {
        double away = Math.abs(found.velocity()[i] - expected.velocity()[i]);
        difference = Double.isNaN(away) ? Double.NaN : Math.max(difference, away);
        largest = Math.max(largest, Math.abs(expected.velocity()[i]));
      }
      assertThat(largest).as(tensor.name()).isPositive();
      assertThat(difference / largest).as(tensor.name()).isLessThan(tolerance);
    }
  }
}
