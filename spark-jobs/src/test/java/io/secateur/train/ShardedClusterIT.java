package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.LocalCluster;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.engine.NativeEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards on executors in JVMs of their own, which may die. */
class ShardedClusterIT {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;
  private static final int PARTITIONS = 3;

  @TempDir Path folder;

  private static TrainingPlan plan(String jobId) {
    return Rounds.plan(jobId, NativeEngine.ofThisProcess(), Rounds.definition(NETWORK), PARTITIONS);
  }

  private static List<String> averagedOnTheDriver() {
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer trainer = new SparkTrainer(spark, plan("driver"), Rounds.rows())) {
      return Transcript.of(trainer, NETWORK);
    }
  }

  private List<String> averagedOnExecutors(IntConsumer afterRound) {
    SparkConf conf = SparkRuntime.configuration(LocalCluster.MASTER, "test");
    LocalCluster.settings().forEach(conf::set);
    String shards = folder.toUri().toString();
    try (JavaSparkContext spark = SparkRuntime.open(conf);
        ShardedTrainer trainer =
            new ShardedTrainer(spark, plan("sharded"), Rounds.rows(), shards, 3)) {
      return Transcript.of(trainer, NETWORK, afterRound);
    }
  }

  /** The rounds after the first and the sixth find that shards and shuffle files are gone. */
  @Test
  void bitsAreTheDriversAlsoWhenExecutorsAreKilled() {
    int[] killed = new int[1];
    List<String> found =
        averagedOnExecutors(
            round -> {
              if (round == 0 || round == 5) {
                LocalCluster.killOneExecutor();
                killed[0]++;
              }
            });
    assertThat(killed[0]).isEqualTo(2);
    assertThat(found).isEqualTo(averagedOnTheDriver());
  }
}
