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
    ShippedNetwork network = ShippedNetwork.LENET_5;
    NetworkDefinition definition = Rounds.definition(network);
    TrainingState here;
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test");
        SparkTrainer trainer =
            new SparkTrainer(spark, Rounds.plan("here", engine, definition, 2), Rounds.rows())) {
      here = Rounds.train(trainer, Rounds.initial(network));
    }
    TrainingState there;
    try (JavaSparkContext spark = cluster();
        SparkTrainer trainer =
            new SparkTrainer(spark, Rounds.plan("there", engine, definition, 2), Rounds.rows())) {
      there = Rounds.train(trainer, Rounds.initial(network));
    }
    assertThat(NetworkHashes.parameters(there.parameters()))
        .isEqualTo(NetworkHashes.parameters(here.parameters()));
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
