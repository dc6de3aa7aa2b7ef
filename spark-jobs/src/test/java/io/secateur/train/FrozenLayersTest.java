package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.config.LayerKernel;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import io.secateur.train.engine.KernelPolicy;
import io.secateur.train.engine.NativeEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrozenLayersTest {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_5;
  private static final Set<String> CONVOLUTIONS = Set.of("conv1", "conv2");
  private static final Set<String> DENSE = Set.of("fc1", "fc2");

  @TempDir private Path folder;

  static Stream<Arguments> enginesAndLayers() {
    return Stream.of(
            Named.of("dense kernels", ours(LayerKernel.DENSE)),
            Named.of("sparse kernels", ours(LayerKernel.SPARSE)),
            Named.of("dl4j", new Dl4jEngine()))
        .flatMap(
            engine ->
                Stream.of(CONVOLUTIONS, DENSE, Set.of("conv2", "fc2"))
                    .map(layers -> Arguments.of(engine, layers)));
  }

  private static Engine ours(LayerKernel kernel) {
    return new NativeEngine(KernelProvider.preferredLaneBits(), KernelPolicy.everywhere(kernel));
  }

  private static RoundSettings settings(int round, int minibatches, Set<String> frozen) {
    return new RoundSettings(
        1, 0, round, minibatches, 0.05, 0.9, 1e-5, 1e-4, DropoutPolicy.ADJUST, frozen);
  }

  private static TrainingPlan plan(String jobId, Engine engine) {
    return Rounds.plan(jobId, engine, Rounds.definition(NETWORK), 3);
  }

  /** A round in which all learn, so that there is velocity, then two with frozen layers. */
  private static void assertFrozen(DataParallelTrainer trainer, Set<String> frozen) {
    TrainingState state = Rounds.initial(NETWORK);
    Mask mask = Rounds.half(state.parameters());
    state.apply(mask);
    trainer.begin(state, mask);
    trainer.round(settings(0, 2, Set.of()));
    TrainingState before = trainer.state().copy();

    trainer.round(settings(1, 2, frozen));
    trainer.round(settings(2, 2, frozen));

    TrainingState after = trainer.state();
    after.requireZerosOutside(mask);
    ParameterLayout layout = after.parameters().layout();
    for (ParameterTensor tensor : layout.tensors()) {
      boolean weights = tensor.isPrunable();
      float[] was = weights ? before.parameters().weights() : before.parameters().others();
      float[] is = weights ? after.parameters().weights() : after.parameters().others();
      float[] velocity = weights ? after.weightVelocity() : after.otherVelocity();
      boolean same = Arrays.equals(part(was, tensor), part(is, tensor));
      boolean atRest = Arrays.equals(part(velocity, tensor), new float[tensor.elements()]);
      assertThat(same).as(tensor.name()).isEqualTo(frozen.contains(tensor.layer()));
      assertThat(atRest).as(tensor.name()).isEqualTo(frozen.contains(tensor.layer()));
    }
  }

  /** Told apart to the bit: Arrays.equals on floats does. */
  private static float[] part(float[] values, ParameterTensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.end());
  }

  @ParameterizedTest
  @MethodSource("enginesAndLayers")
  void frozenLayersDoNotMoveByABitAndTheOthersLearn(Engine engine, Set<String> frozen) {
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer trainer = new SparkTrainer(spark, plan("frozen", engine), Rounds.rows())) {
      assertFrozen(trainer, frozen);
    }
  }

  @Test
  void neitherDoTheyWhereShardsAreAveraged() {
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        ShardedTrainer trainer =
            new ShardedTrainer(
                spark,
                plan("sharded", ours(LayerKernel.SPARSE)),
                Rounds.rows(),
                folder.toUri().toString(),
                2)) {
      assertFrozen(trainer, Set.of("conv2", "fc2"));
    }
  }

  @Test
  void neitherDoTheyInDl4jsOwnLoop() {
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        ParameterAveragingTrainer trainer =
            new ParameterAveragingTrainer(
                spark, plan("averaging", new Dl4jEngine()), Rounds.rows())) {
      assertFrozen(trainer, CONVOLUTIONS);
    }
  }

  /** Gradients do not depend on what is frozen, so one minibatch updates the others as ever. */
  @ParameterizedTest
  @MethodSource("enginesAndLayers")
  void whatLearnsGetsTheUpdateThatItGetsWithoutFrozenLayers(Engine engine, Set<String> frozen) {
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test");
        SparkTrainer free = new SparkTrainer(spark, plan("free", engine), Rounds.rows());
        SparkTrainer held = new SparkTrainer(spark, plan("held", engine), Rounds.rows())) {
      TrainingState all = oneMinibatch(free, Set.of());
      TrainingState some = oneMinibatch(held, frozen);
      List<String> equal =
          all.parameters().layout().weights().stream()
              .filter(
                  tensor ->
                      Arrays.equals(
                          part(all.parameters().weights(), tensor),
                          part(some.parameters().weights(), tensor)))
              .map(ParameterTensor::layer)
              .collect(Collectors.toList());
      assertThat(equal).doesNotContainAnyElementsOf(frozen).hasSize(4 - frozen.size());
    }
  }

  private static TrainingState oneMinibatch(DataParallelTrainer trainer, Set<String> frozen) {
    TrainingState state = Rounds.initial(NETWORK);
    Mask mask = Rounds.half(state.parameters());
    state.apply(mask);
    trainer.begin(state, mask);
    trainer.round(settings(0, 1, frozen));
    return trainer.state();
  }
}
