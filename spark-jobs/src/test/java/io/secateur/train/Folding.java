package io.secateur.train;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkHashes;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.RDDInfo;

/** One epoch of {@link FoldEngine}, in rounds of 100 minibatches, and what became of it. */
final class Folding {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;

  private Folding() {}

  /**
   * @param memoryBytes of cached rows in memory at the end
   * @param diskBytes of cached rows on disk at the end
   * @param speculativeTasks second attempts that came in first
   */
  record Outcome(
      String hash, long memoryBytes, long diskBytes, int failedTasks, int speculativeTasks) {}

  static Outcome train(
      SparkConf conf, TrainingRows rows, int partitions, FoldEngine.Trouble trouble) {
    TrainingPlan plan =
        new TrainingPlan(
            "folding",
            new FoldEngine(trouble),
            Rounds.definition(NETWORK),
            partitions,
            64,
            ShiftAugmentation.upTo(1, 3),
            3);
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger speculative = new AtomicInteger();
    Outcome outcome;
    try (JavaSparkContext spark = SparkRuntime.open(conf);
        SparkTrainer trainer = new SparkTrainer(spark, plan, rows)) {
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  if (end.taskInfo().failed()) {
                    failed.incrementAndGet();
                  }
                  if (end.taskInfo().speculative() && end.reason() == Success$.MODULE$) {
                    speculative.incrementAndGet();
                  }
                }
              });
      TrainingState state = Rounds.initial(NETWORK);
      trainer.begin(state, Mask.full(state.parameters().weights().length));
      int rounds = (trainer.minibatchesPerEpoch() + 99) / 100;
      for (int round = 0; round < rounds; round++) {
        trainer.round(new RoundSettings(0, 0, round, 100, 0.1, 0.9, 0, 0, DropoutPolicy.UNCHANGED));
      }
      RDDInfo stored =
          Arrays.stream(spark.sc().getRDDStorageInfo())
              .filter(info -> info.name().equals("training rows"))
              .findFirst()
              .orElseThrow();
      outcome =
          new Outcome(
              NetworkHashes.parameters(trainer.state().parameters()),
              stored.memSize(),
              stored.diskSize(),
              0,
              0);
    }
    // all events have arrived when the context is closed
    return new Outcome(
        outcome.hash(),
        outcome.memoryBytes(),
        outcome.diskBytes(),
        failed.get(),
        speculative.get());
  }
}
