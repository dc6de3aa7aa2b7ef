package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.BigIdx;
import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.IdxFiles;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.SplitOptions;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkHashes;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;

  @TempDir private static Path folder;
  private static TrainingRows rows;

  /** 60,000 rows of 64 bytes: partitions of 1.9 MB, in 30 chunks or two windows. */
  @BeforeAll
  static void writeRows() throws Exception {
    IdxFiles files = BigIdx.noise(folder, 60_010, 8, 5);
    rows =
        DataSplits.open(DataFiles.explicit(files, files), SplitOptions.validating(10), 10)
            .trainingRows();
  }

  private record Outcome(String hash, long memoryBytes, long diskBytes) {}

  private static Outcome train(Map<String, String> settings) {
    SparkConf conf = SparkRuntime.configuration("local[2]", "test");
    settings.forEach(conf::set);
    TrainingPlan plan =
        new TrainingPlan(
            "streaming" + settings.size(),
            new FoldEngine(FoldEngine.Trouble.NONE),
            Rounds.definition(NETWORK),
            2,
            64,
            ShiftAugmentation.upTo(1, 3),
            3);
    try (JavaSparkContext spark = SparkRuntime.open(conf);
        SparkTrainer trainer = new SparkTrainer(spark, plan, rows)) {
      TrainingState state = Rounds.initial(NETWORK);
      trainer.begin(state, Mask.full(state.parameters().weights().length));
      int rounds = (trainer.minibatchesPerEpoch() + 99) / 100;
      for (int epoch = 0; epoch < 2; epoch++) {
        for (int round = 0; round < rounds; round++) {
          trainer.round(
              new RoundSettings(0, epoch, round, 100, 0.1, 0.9, 0, 0, DropoutPolicy.UNCHANGED));
        }
      }
      RDDInfo stored =
          Arrays.stream(spark.sc().getRDDStorageInfo())
              .filter(info -> info.name().equals("training rows"))
              .findFirst()
              .orElseThrow();
      return new Outcome(
          NetworkHashes.parameters(trainer.state().parameters()),
          stored.memSize(),
          stored.diskSize());
    }
  }

  @Test
  void partitionsLargerThanMemoryGiveTheSameBits() {
    Outcome inMemory = train(Map.of());
    // 2 MiB of heap, as Spark is told: 1.2 MiB for its blocks, less than one partition
    Outcome streamed =
        train(Map.of("spark.testing.memory", "2097152", "spark.testing.reservedMemory", "0"));

    assertThat(inMemory.memoryBytes()).isGreaterThan(60_000 * 65);
    assertThat(inMemory.diskBytes()).isZero();
    assertThat(streamed.memoryBytes()).isZero();
    assertThat(streamed.diskBytes()).isGreaterThan(60_000 * 65);
    assertThat(streamed.hash()).isEqualTo(inMemory.hash());
  }

  @Test
  void tasksReadWithTheHadoopSettingsOfSpark() {
    TrainingRows elsewhere =
        DataSplits.open(
                SpecialFiles.configuration(),
                SpecialFiles.digits(),
                SplitOptions.validating(200),
                10)
            .trainingRows();
    SparkConf conf = SparkRuntime.configuration("local[2]", "test");
    conf.set("spark.hadoop.fs.special.impl", SpecialFiles.class.getName());
    try (JavaSparkContext spark = SparkRuntime.open(conf);
        CachedPartitions partitions = CachedPartitions.of(spark, elsewhere, 2)) {
      assertThat(partitions.rdd().map(data -> data.rows()).collect()).containsExactly(300, 300);
    }
  }
}
