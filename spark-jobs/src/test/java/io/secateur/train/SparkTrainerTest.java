package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.IdxFiles;
import io.secateur.data.LabelledImages;
import io.secateur.data.PartitionData;
import io.secateur.data.SampleDigits;
import io.secateur.data.SplitOptions;
import io.secateur.data.TrainingRows;
import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.engine.NativeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparkTrainerTest {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;

  static Stream<Arguments> enginesAndNetworks() {
    return Stream.of(NativeEngine.ofThisProcess(), new Dl4jEngine())
        .flatMap(
            engine ->
                Stream.of(ShippedNetwork.LENET_300_100, ShippedNetwork.LENET_5)
                    .map(network -> Arguments.of(Named.of(engine.id(), engine), network)));
  }

  private static TrainingState trainedOn(String master, Engine engine, ShippedNetwork network) {
    TrainingPlan plan = Rounds.plan("job", engine, Rounds.definition(network), 3);
    try (JavaSparkContext spark = SparkRuntime.open(master, "test");
        SparkTrainer trainer = new SparkTrainer(spark, plan, Rounds.rows())) {
      return Rounds.train(trainer, Rounds.initial(network));
    }
  }

  /** The same rounds without Spark: a fresh trainer for each round of each partition. */
  private static TrainingState trainedSerially(Engine engine, ShippedNetwork network) {
    SerialTrainer trainer =
        new SerialTrainer(Rounds.plan("serial", engine, Rounds.definition(network), 3));
    return Rounds.train(trainer, Rounds.initial(network));
  }

  private static void round(DataParallelTrainer trainer, TrainingState state, Mask mask) {
    trainer.begin(state, mask);
    trainer.round(Rounds.settings(0, 0));
  }

  /** As in an executor, which does not learn that the trainer of an earlier phase was closed. */
  @Test
  void anEarlierTrainerOfTheSameJobLeavesNoNetworkBehindThatIsUsedAgain() {
    TrainingPlan plan = Rounds.plan("two-phases", Rounds.definition(NETWORK), 2);
    TrainingState state = Rounds.initial(NETWORK);
    Mask half = Rounds.half(state.parameters());
    TrainingState expected = Rounds.initial(NETWORK);
    expected.apply(half);
    round(new SerialTrainer(plan), expected, half);

    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer dense = new SparkTrainer(spark, plan, Rounds.rows());
        SparkTrainer pruned = new SparkTrainer(spark, plan, Rounds.rows())) {
      round(dense, Rounds.initial(NETWORK), Mask.full(half.length()));
      state.apply(half);
      round(pruned, state, half);
    }

    assertThat(NetworkHashes.parameters(state.parameters()))
        .isEqualTo(NetworkHashes.parameters(expected.parameters()));
  }

  @ParameterizedTest
  @MethodSource("enginesAndNetworks")
  void bitsAreThoseOfASerialRunWhateverTheNumberOfThreads(Engine engine, ShippedNetwork network) {
    TrainingState serial = trainedSerially(engine, network);
    for (String master : List.of("local[1]", "local[2]")) {
      TrainingState state = trainedOn(master, engine, network);
      assertThat(NetworkHashes.parameters(state.parameters()))
          .as(master)
          .isEqualTo(NetworkHashes.parameters(serial.parameters()));
      assertThat(state.weightVelocity()).isEqualTo(serial.weightVelocity());
    }
  }

  static Stream<Engine> engines() {
    return Stream.of(NativeEngine.ofThisProcess(), new Dl4jEngine());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void trainingLearnsTheDigitsAndKeepsPrunedWeightsAtZero(Engine engine) {
    TrainingState state = trainedOn("local[2]", engine, NETWORK);
    Mask survivors = state.parameters().mask();
    assertThat(survivors.cardinality()).isBetween(1_000, 200_000);
    state.requireZerosOutside(survivors);
    NetworkDefinition definition = Rounds.definition(NETWORK);
    try (Predictor predictor = engine.predictor(definition, state.parameters())) {
      Evaluation evaluation = Evaluator.evaluate(predictor, SampleDigits.testRows());
      // guessing makes 90 % errors
      assertThat(evaluation.errorPercent()).isLessThan(50);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aLossThatIsNotFiniteEndsTheJobSayingWhere(Engine engine) {
    TrainingState state = Rounds.initial(NETWORK);
    state.parameters().weights()[3] = Float.NaN;
    TrainingPlan plan = Rounds.plan("nan", engine, Rounds.definition(NETWORK), 2);
    Mask full = Mask.full(state.parameters().weights().length);
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test");
        SparkTrainer trainer = new SparkTrainer(spark, plan, Rounds.rows())) {
      RoundSettings settings =
          new RoundSettings(2, 5, 1, 4, 0.1, 0.9, 0, 0, DropoutPolicy.UNCHANGED);
      trainer.begin(state, full);
      assertThatThrownBy(() -> trainer.round(settings))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("step 2, epoch 6, round 2");
    }
  }

  @Test
  void trainingFilesThatAreGoneAreADataErrorOfTheDriver(@TempDir Path folder) throws IOException {
    Path images = folder.resolve("images.gz");
    Path labels = folder.resolve("labels.gz");
    Files.copy(Path.of(SampleDigits.train().images()), images);
    Files.copy(Path.of(SampleDigits.train().labels()), labels);
    DataFiles files =
        DataFiles.explicit(new IdxFiles(images.toUri(), labels.toUri()), SampleDigits.test());
    TrainingRows rows =
        DataSplits.open(files, SplitOptions.validating(200), SampleDigits.CLASSES).trainingRows();
    Files.delete(images);
    TrainingState state = Rounds.initial(NETWORK);
    Mask full = Mask.full(state.parameters().weights().length);
    TrainingPlan plan = Rounds.plan("gone", Rounds.definition(NETWORK), 2);
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test")) {
      SparkTrainer trainer = new SparkTrainer(spark, plan, rows);
      assertThatThrownBy(() -> round(trainer, state, full))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("images.gz");
      trainer.close();
    }
  }

  @Test
  void aMasterThatIsNoMasterIsAClusterError() {
    assertThatThrownBy(() -> SparkRuntime.open("lokal[2]", "test"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("lokal[2]")
        .hasMessageContaining("--master");
  }

  /** What DESIGN calls a round, with nothing kept in between and one thread. */
  private static final class SerialTrainer implements DataParallelTrainer {
    private final TrainingPlan plan;
    private final TrainingRows rows = Rounds.rows();
    private TrainingState state;
    private Mask mask;

    SerialTrainer(TrainingPlan plan) {
      this.plan = plan;
    }

    @Override
    public void begin(TrainingState handedOver, Mask itsMask) {
      state = handedOver;
      mask = itsMask;
    }

    @Override
    public TrainingState state() {
      return state;
    }

    @Override
    public Evaluation evaluate(LabelledImages images) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void keep() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<NetworkParameters> kept() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RoundOutcome round(RoundSettings settings) {
      int survivors = mask.cardinality();
      float[] velocity = new float[survivors + state.otherVelocity().length];
      System.arraycopy(mask.gather(state.weightVelocity()), 0, velocity, 0, survivors);
      System.arraycopy(state.otherVelocity(), 0, velocity, survivors, state.otherVelocity().length);
      RoundInput input =
          RoundInput.wrapping(
              settings,
              1,
              mask.gather(state.parameters().weights()),
              state.parameters().others(),
              velocity);
      List<RoundResult> results = new ArrayList<>();
      for (int partition = 0; partition < plan.partitions(); partition++) {
        PartitionData data = PartitionData.load(rows, partition, plan.partitions());
        try (LocalTrainer trainer = plan.engine().trainer(new WorkerSetup(plan, mask, data))) {
          results.add(trainer.round(input, settings.minibatches()));
        }
      }
      return RoundAverage.into(state, mask, results, settings.frozen());
    }

    @Override
    public int minibatchesPerEpoch() {
      return (rows.rowsOf(0, plan.partitions()) + plan.batchSize() - 1) / plan.batchSize();
    }

    @Override
    public void close() {}
  }
}
