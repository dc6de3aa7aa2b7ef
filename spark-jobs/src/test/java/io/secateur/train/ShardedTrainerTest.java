package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.DropoutPolicy;
import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.engine.NativeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTrainerTest {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;

  @TempDir Path folder;

  private static TrainingPlan plan(String jobId, int partitions) {
    return Rounds.plan(jobId, NativeEngine.ofThisProcess(), Rounds.definition(NETWORK), partitions);
  }

  private ShardedTrainer sharded(JavaSparkContext spark, int partitions, int roundsPerWrite) {
    String shards = folder.resolve("shards").toUri().toString();
    return new ShardedTrainer(
        spark, plan("sharded", partitions), Rounds.rows(), shards, roundsPerWrite);
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.getFileName().toString().matches(name)).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void bitsAreThoseOfAveragingOnTheDriver(int partitions) {
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer driver = new SparkTrainer(spark, plan("driver", partitions), Rounds.rows());
        ShardedTrainer sharded = sharded(spark, partitions, 3)) {
      assertThat(Transcript.of(sharded, NETWORK)).isEqualTo(Transcript.of(driver, NETWORK));
    }
  }

  @Test
  void filesOfEarlierRoundsAreDeletedAndNothingIsLeftAtTheEnd() throws IOException {
    SparkConf conf = SparkRuntime.configuration("local[2]", "test");
    conf.set("spark.local.dir", folder.resolve("local").toString());
    try (JavaSparkContext spark = SparkRuntime.open(conf)) {
      try (ShardedTrainer trainer = sharded(spark, 2, 2)) {
        TrainingState state = Rounds.initial(NETWORK);
        trainer.begin(state, Mask.full(state.parameters().weights().length));
        for (int round = 0; round < 6; round++) {
          trainer.round(Rounds.settings(round, 0));
          // two rounds of two map outputs each, and the two shards that were written last
          assertThat(files("shuffle_.*\\.data")).hasSizeLessThanOrEqualTo(4);
          assertThat(files("shard-\\d+")).hasSize(2);
        }
        trainer.keep();
        trainer.round(Rounds.settings(6, 0));
        trainer.round(Rounds.settings(7, 0));
        // those that are kept, and the last
        assertThat(files("shard-\\d+")).hasSize(4);
        trainer.keep();
        assertThat(files("shard-\\d+")).hasSize(2);
        assertThat(spark.sc().getPersistentRDDs().size()).isEqualTo(2);
      }
      assertThat(files("shuffle_.*\\.data")).isEmpty();
      assertThat(folder.resolve("shards")).doesNotExist();
    }
  }

  @Test
  void aStateThatIsKeptSurvivesTheNextBegin() {
    TrainingState best = Rounds.initial(NETWORK);
    Mask full = Mask.full(best.parameters().weights().length);
    String hash = NetworkHashes.parameters(best.parameters());
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        ShardedTrainer trainer = sharded(spark, 2, 5)) {
      assertThatThrownBy(trainer::state).isInstanceOf(IllegalStateException.class);
      trainer.begin(best, full);
      assertThat(trainer.kept()).isEmpty();
      trainer.keep();
      TrainingState pruned = Rounds.initial(NETWORK);
      Mask half = Rounds.half(pruned.parameters());
      pruned.apply(half);
      trainer.begin(pruned, half);
      trainer.round(Rounds.settings(0, 0));
      assertThat(NetworkHashes.parameters(trainer.kept().orElseThrow())).isEqualTo(hash);
    }
  }

  @Test
  void aLossThatIsNotFiniteEndsTheJobSayingWhere() {
    TrainingState state = Rounds.initial(NETWORK);
    state.parameters().weights()[3] = Float.NaN;
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        ShardedTrainer trainer = sharded(spark, 2, 5)) {
      trainer.begin(state, Mask.full(state.parameters().weights().length));
      RoundSettings settings =
          new RoundSettings(2, 5, 1, 4, 0.1, 0.9, 0, 0, DropoutPolicy.UNCHANGED);
      assertThatThrownBy(() -> trainer.round(settings))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("step 2, epoch 6, round 2");
    }
  }

  @Test
  void theSizeOfTheNetworkDecidesWhereRoundsAreAveraged() {
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test")) {
      // 266,610 parameters are 1,066,440 bytes
      Aggregation usual = Aggregation.of(spark.getConf(), folder.toUri());
      try (DataParallelTrainer trainer = usual.trainer(spark, plan("small", 2), Rounds.rows())) {
        assertThat(trainer).isInstanceOf(SparkTrainer.class);
      }
      Aggregation low =
          Aggregation.of(spark.getConf().set(Aggregation.DRIVER_BYTES, "1066440"), folder.toUri());
      try (DataParallelTrainer trainer = low.trainer(spark, plan("large", 2), Rounds.rows())) {
        assertThat(trainer).isInstanceOf(ShardedTrainer.class);
      }
    }
  }
}
