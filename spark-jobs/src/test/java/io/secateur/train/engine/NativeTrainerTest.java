package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.DropoutPolicy;
import io.secateur.config.LayerKernel;
import io.secateur.data.PartitionData;
import io.secateur.data.SampleDigits;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Mask;
import io.secateur.train.InitialWeights;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.RoundSettings;
import io.secateur.train.Rounds;
import io.secateur.train.TrainingPlan;
import io.secateur.train.WorkerSetup;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeTrainerTest {
  private static final PartitionData DATA =
      PartitionData.of(SampleDigits.trainRows().range(0, 150), 0, 2);

  private static final KernelPolicy DENSE = KernelPolicy.everywhere(LayerKernel.DENSE);
  private static final KernelPolicy SPARSE = KernelPolicy.everywhere(LayerKernel.SPARSE);

  private static LocalTrainer trainer(Topology topology, Mask mask, KernelPolicy policy) {
    NetworkDefinition definition = new NetworkDefinition(topology, "");
    NativeEngine engine = new NativeEngine(KernelProvider.preferredLaneBits(), policy);
    TrainingPlan plan = Rounds.plan("job", engine, definition, 2);
    return engine.trainer(new WorkerSetup(plan, mask, DATA));
  }

  private static RoundInput input(RoundSettings settings, NetworkParameters parameters, Mask mask) {
    float[] weights = mask.gather(parameters.weights());
    float[] velocity = new float[weights.length + parameters.others().length];
    return RoundInput.wrapping(settings, 1, weights, parameters.others(), velocity);
  }

  private static RoundResult round(
      Topology topology, NetworkParameters parameters, Mask mask, RoundSettings settings) {
    return round(topology, parameters, mask, settings, DENSE);
  }

  private static RoundResult round(
      Topology topology,
      NetworkParameters parameters,
      Mask mask,
      RoundSettings settings,
      KernelPolicy policy) {
    try (LocalTrainer trainer = trainer(topology, mask, policy)) {
      return trainer.round(input(settings, parameters, mask), settings.minibatches());
    }
  }

  private static Topology withDropout() {
    return LayerChains.input()
        .convolution(6, Window.square(5, 1, 0))
        .relu()
        .pool(Window.square(2, 2, 0))
        .dropout(0.25)
        .flatten()
        .dense(40)
        .relu()
        .dropout(0.5)
        .classified();
  }

  private static void assertSame(RoundResult found, RoundResult expected) {
    assertThat(Arrays.equals(found.weights(), expected.weights())).isTrue();
    assertThat(Arrays.equals(found.others(), expected.others())).isTrue();
    assertThat(Arrays.equals(found.velocity(), expected.velocity())).isTrue();
    assertThat(found.lossSum()).isEqualTo(expected.lossSum());
    assertThat(found.examples()).isEqualTo(expected.examples());
  }

  /** Dense rounds of one minibatch each, what is pruned being zeroed after every one. */
  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void aMaskedRoundIsADenseOneWithZerosPutBackAfterEveryMinibatch(ShippedNetwork shipped) {
    Topology topology = shipped.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask mask = Rounds.half(parameters);
    mask.zeroAbsent(parameters.weights());
    RoundResult masked = round(topology, parameters, mask, Rounds.settings(0, 0));

    NetworkParameters dense = parameters.copy();
    float[] velocity = new float[dense.weights().length + dense.others().length];
    Mask full = Mask.full(dense.weights().length);
    for (int minibatch = 0; minibatch < Rounds.MINIBATCHES; minibatch++) {
      RoundSettings one =
          new RoundSettings(0, 0, minibatch, 1, 0.05, 0.9, 1e-5, 1e-4, DropoutPolicy.UNCHANGED);
      try (LocalTrainer trainer = trainer(topology, full, DENSE)) {
        RoundInput in = RoundInput.wrapping(one, 1, dense.weights(), dense.others(), velocity);
        RoundResult result = trainer.round(in, 1);
        dense = NetworkParameters.wrapping(dense.layout(), result.weights(), result.others());
        velocity = result.velocity();
      }
      mask.zeroAbsent(dense.weights());
      float[] weightVelocity = Arrays.copyOf(velocity, dense.weights().length);
      mask.zeroAbsent(weightVelocity);
      System.arraycopy(weightVelocity, 0, velocity, 0, weightVelocity.length);
    }
    assertThat(Arrays.equals(masked.weights(), mask.gather(dense.weights()))).isTrue();
    assertThat(Arrays.equals(masked.others(), dense.others())).isTrue();
  }

  /**
   * A hundred steps, the rounding of each handed on to the next; at a rate that converges: at five
   * times as much the loss of these few digits blows up, and any rounding with it.
   */
  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void sparseKernelsTrainAsDenseOnesUnderAMaskDo(ShippedNetwork shipped) {
    Topology topology = shipped.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask mask = Rounds.half(parameters);
    mask.zeroAbsent(parameters.weights());
    RoundResult[] results = new RoundResult[2];
    KernelPolicy[] policies = {DENSE, SPARSE};
    for (int i = 0; i < 2; i++) {
      try (LocalTrainer trainer = trainer(topology, mask, policies[i])) {
        RoundInput in = input(slow(0), parameters, mask);
        for (int epoch = 1; epoch <= 25; epoch++) {
          RoundResult result = trainer.round(in, Rounds.MINIBATCHES);
          in =
              RoundInput.wrapping(
                  slow(epoch), 1, result.weights(), result.others(), result.velocity());
          results[i] = result;
        }
      }
    }
    assertThat(apart(results[1].weights(), results[0].weights())).isLessThan(1e-3);
    assertThat(apart(results[1].others(), results[0].others())).isLessThan(1e-3);
    assertThat(results[1].weights()).isNotEqualTo(results[0].weights());
  }

  private static RoundSettings slow(int epoch) {
    return new RoundSettings(
        0, epoch, 0, Rounds.MINIBATCHES, 0.01, 0.9, 1e-5, 1e-4, DropoutPolicy.UNCHANGED);
  }

  /** The length of the difference over that of what was expected. */
  private static double apart(float[] found, float[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / length);
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void aSparseRoundDependsOnNothingButItsInput(ShippedNetwork shipped) {
    Topology topology = shipped.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask half = Rounds.half(parameters);
    half.zeroAbsent(parameters.weights());
    RoundResult fresh = round(topology, parameters, half, Rounds.settings(1, 0), SPARSE);
    try (LocalTrainer used = trainer(topology, half, SPARSE)) {
      used.round(input(Rounds.settings(0, 0), parameters, half), Rounds.MINIBATCHES);
      assertSame(
          used.round(input(Rounds.settings(1, 0), parameters, half), Rounds.MINIBATCHES), fresh);
    }
  }

  @Test
  void aRoundDependsOnNothingButItsInput() {
    Topology topology = withDropout();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask half = Rounds.half(parameters);
    half.zeroAbsent(parameters.weights());
    // the second round of 64 and 11 rows: its last minibatch is short
    RoundResult fresh = round(topology, parameters, half, Rounds.settings(1, 1));
    assertThat(fresh.examples()).isEqualTo(11);
    try (LocalTrainer used = trainer(topology, half, DENSE)) {
      RoundResult first =
          used.round(input(Rounds.settings(0, 0), parameters, half), Rounds.MINIBATCHES);
      used.round(input(Rounds.settings(3, 1), parameters, half), Rounds.MINIBATCHES);
      RoundResult again =
          used.round(input(Rounds.settings(1, 1), parameters, half), Rounds.MINIBATCHES);
      assertSame(again, fresh);
      assertSame(
          used.round(input(Rounds.settings(0, 0), parameters, half), Rounds.MINIBATCHES), first);
    }
  }

  @Test
  void dropoutFollowsTheDensityWhenToldTo() {
    Topology topology = withDropout();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask half = Rounds.half(parameters);
    half.zeroAbsent(parameters.weights());
    RoundResult unchanged = round(topology, parameters, half, Rounds.settings(0, 0));
    RoundSettings adjusted =
        new RoundSettings(0, 0, 0, Rounds.MINIBATCHES, 0.05, 0.9, 1e-5, 1e-4, DropoutPolicy.ADJUST);
    RoundResult followed = round(topology, parameters, half, adjusted);
    assertThat(followed.lossSum()).isNotEqualTo(unchanged.lossSum());
    Mask full = Mask.full(half.length());
    assertSame(
        round(topology, parameters, full, adjusted),
        round(topology, parameters, full, Rounds.settings(0, 0)));
  }

  @Test
  void aRoundBehindTheEndOfTheEpochTrainsNothing() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask full = Mask.full(parameters.weights().length);
    RoundResult result = round(topology, parameters, full, Rounds.settings(0, 2));
    assertThat(result.examples()).isZero();
    assertThat(Arrays.equals(result.weights(), parameters.weights())).isTrue();
  }

  @Test
  void aRoundOfAnotherNetworkIsRefused() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask full = Mask.full(parameters.weights().length);
    RoundInput half = input(Rounds.settings(0, 0), parameters, Rounds.half(parameters));
    try (LocalTrainer trainer = trainer(topology, full, DENSE)) {
      assertThatThrownBy(() -> trainer.round(half, 1)).isInstanceOf(IllegalStateException.class);
    }
  }

  /** What a round allocates does not grow with its minibatches. */
  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void aMinibatchAllocatesNothing(ShippedNetwork shipped) {
    Topology topology = shipped.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    assertNothingIsAllocated(topology, parameters, Mask.full(parameters.weights().length), DENSE);
    assertNothingIsAllocated(topology, parameters, Rounds.half(parameters), SPARSE);
  }

  private static void assertNothingIsAllocated(
      Topology topology, NetworkParameters parameters, Mask mask, KernelPolicy policy) {
    try (LocalTrainer trainer = trainer(topology, mask, policy)) {
      RoundInput in = input(Rounds.settings(0, 0), parameters, mask);
      // interpreted vectors are objects: not before the compiler is done
      long none = Long.MAX_VALUE;
      long four = 0;
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (four - none != 0 && System.nanoTime() < deadline) {
        for (int i = 0; i < 20; i++) {
          trainer.round(in, 4);
        }
        none = allocatedBy(trainer, input(Rounds.settings(0, 9), parameters, mask));
        four = allocatedBy(trainer, in);
      }
      assertThat(four - none).isLessThan(64);
    }
  }

  private static long allocatedBy(LocalTrainer trainer, RoundInput in) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    trainer.round(in, 4);
    return threads.getThreadAllocatedBytes(thread) - before;
  }
}
