package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.LocalCluster;
import io.secateur.network.NetworkHashes;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import io.secateur.train.engine.NativeEngine;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Executors in JVMs of their own: what travels is really serialised, with Kryo's registrations. */
class LocalClusterTrainingIT {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_5;

  private static JavaSparkContext cluster() {
    SparkConf conf = SparkRuntime.configuration(LocalCluster.MASTER, "test");
    LocalCluster.settings().forEach(conf::set);
    return SparkRuntime.open(conf);
  }

  static Stream<Engine> engines() {
    return Stream.of(NativeEngine.ofThisProcess(), new Dl4jEngine());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void executorsMakeTheSameBitsAsThisJvm(Engine engine) {
    assertThat(trainedThere(engine)).isEqualTo(trainedHere(engine));
  }

  @Test
  void bitsAreTheSameWhenAnExecutorIsKilledInTheMiddleOfAnEpoch() {
    Engine engine = NativeEngine.ofThisProcess();
    assertThat(trainedThere(new KillingEngine(engine))).isEqualTo(trainedHere(engine));
  }

  private static String trainedHere(Engine engine) {
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test")) {
      return trained(spark, Rounds.plan("here", engine, Rounds.definition(NETWORK), 2));
    }
  }

  private static String trainedThere(Engine engine) {
    try (JavaSparkContext spark = cluster()) {
      return trained(spark, Rounds.plan("there", engine, Rounds.definition(NETWORK), 2));
    }
  }

  private static String trained(JavaSparkContext spark, TrainingPlan plan) {
    try (SparkTrainer trainer = new SparkTrainer(spark, plan, Rounds.rows())) {
      TrainingState state = Rounds.train(trainer, Rounds.initial(NETWORK));
      return NetworkHashes.parameters(state.parameters());
    }
  }

  @Test
  void parameterAveragingRunsOnExecutorsToo() {
    ShippedNetwork network = ShippedNetwork.LENET_300_100;
    TrainingState state;
    try (JavaSparkContext spark = cluster();
        ParameterAveragingTrainer trainer =
            new ParameterAveragingTrainer(
                spark, Rounds.plan("averaging", Rounds.definition(network), 2), Rounds.rows())) {
      state = Rounds.train(trainer, Rounds.initial(network));
    }
    assertThat(state.parameters().mask().cardinality()).isLessThan(266_200);
  }
}
