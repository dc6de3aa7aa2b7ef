package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.data.BigIdx;
import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.IdxFiles;
import io.secateur.data.SplitOptions;
import io.secateur.data.TrainingRows;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {
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

  private static Folding.Outcome train(Map<String, String> settings) {
    SparkConf conf = SparkRuntime.configuration("local[2]", "test");
    settings.forEach(conf::set);
    return Folding.train(conf, rows, 2, FoldEngine.Trouble.NONE);
  }

  @Test
  void partitionsLargerThanMemoryGiveTheSameBits() {
    Folding.Outcome inMemory = train(Map.of());
    // 2 MiB of heap, as Spark is told: 1.2 MiB for its blocks, less than one partition
    Folding.Outcome streamed =
        train(Map.of("spark.testing.memory", "2097152", "spark.testing.reservedMemory", "0"));

    assertThat(inMemory.memoryBytes()).isGreaterThan(60_000 * 65);
    assertThat(inMemory.diskBytes()).isZero();
    assertThat(streamed.memoryBytes()).isZero();
    assertThat(streamed.diskBytes()).isGreaterThan(60_000 * 65);
    assertThat(streamed.hash()).isEqualTo(inMemory.hash());
  }

  @Test
  void aTaskThatFailsIsTriedAgainAndGivesTheSameBits() {
    SparkConf patient = SparkRuntime.configuration("local[2,4]", "test");

    Folding.Outcome undisturbed = train(Map.of());
    Folding.Outcome retried = Folding.train(patient, rows, 2, FoldEngine.Trouble.FAILS);

    assertThat(undisturbed.failedTasks()).isZero();
    assertThat(retried.failedTasks()).isOne();
    assertThat(retried.hash()).isEqualTo(undisturbed.hash());
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
