package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.LocalCluster;
import io.secateur.TwoHosts;
import io.secateur.data.BigIdx;
import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.IdxFiles;
import io.secateur.data.SplitOptions;
import io.secateur.data.TrainingRows;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are too small for their rows, and attempts that race on two hosts. */
class StreamingIT {
  @TempDir private Path folder;

  private TrainingRows noise(int rows, int side) throws Exception {
    IdxFiles files = BigIdx.noise(folder, rows + 10, side, 5);
    return DataSplits.open(DataFiles.explicit(files, files), SplitOptions.validating(10), 10)
        .trainingRows();
  }

  private static SparkConf configuration(String master) {
    SparkConf conf = SparkRuntime.configuration(master, "test");
    LocalCluster.settings().forEach(conf::set);
    return conf;
  }

  @Test
  void anExecutorTrainsOnMoreRowsThanItsHeapHolds() throws Exception {
    TrainingRows rows = noise(300_000, 28); // 235 MB
    SparkConf small = configuration("local-cluster[1,1,192]");
    small.set("spark.executor.memory", "192m");
    small.set("spark.testing.reservedMemory", "16777216"); // Spark wants 450 MB otherwise
    small.set("spark.network.maxRemoteBlockSizeFetchToMem", "32m"); // has to fit beside it

    Folding.Outcome streamed = Folding.train(small, rows, 1, FoldEngine.Trouble.NONE);

    Folding.Outcome inMemory =
        Folding.train(
            SparkRuntime.configuration("local[1]", "test"), rows, 1, FoldEngine.Trouble.NONE);
    assertThat(inMemory.memoryBytes()).isGreaterThan(300_000 * 785);
    assertThat(streamed.memoryBytes()).isZero();
    assertThat(streamed.diskBytes()).isGreaterThan(300_000 * 785);
    assertThat(streamed.failedTasks()).isZero();
    assertThat(streamed.hash()).isEqualTo(inMemory.hash());
  }

  @Test
  void aSpeculativeAttemptGivesTheSameBits() throws Exception {
    TrainingRows rows = noise(60_000, 8);
    Folding.Outcome undisturbed =
        Folding.train(
            SparkRuntime.configuration("local[2]", "test"), rows, 2, FoldEngine.Trouble.NONE);
    try (TwoHosts hosts = TwoHosts.start(folder)) {
      SparkConf conf = configuration(hosts.master());
      conf.set("spark.driver.host", "127.0.0.1");
      conf.set("spark.executor.memory", "512m");
      conf.set("spark.speculation", "true");
      conf.set("spark.speculation.interval", "100ms");
      conf.set("spark.speculation.multiplier", "1");
      conf.set("spark.speculation.quantile", "0.5");
      conf.set("spark.locality.wait", "0s");

      Folding.Outcome raced = Folding.train(conf, rows, 2, FoldEngine.Trouble.HANGS);

      assertThat(raced.speculativeTasks()).isPositive();
      assertThat(raced.hash()).isEqualTo(undisturbed.hash());
    }
  }
}
