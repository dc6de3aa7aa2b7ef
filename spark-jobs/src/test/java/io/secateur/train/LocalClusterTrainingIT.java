package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.NetworkHashes;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Executors in JVMs of their own: what travels is really serialised, with Kryo's registrations. */
class LocalClusterTrainingIT {
  private static JavaSparkContext cluster() {
    SparkConf conf = SparkRuntime.configuration("local-cluster[2,1,1024]", "test");
    conf.set("spark.executorEnv.SPARK_SCALA_VERSION", "2.12");
    conf.set("spark.executorEnv.SPARK_TESTING", "1");
    conf.set("spark.executor.extraClassPath", absoluteClassPath());
    conf.set(
        "spark.executor.extraJavaOptions",
        "--add-modules=jdk.incubator.vector -Dorg.eclipse.deeplearning4j.helpers.disable=false");
    return SparkRuntime.open(conf);
  }

  private static String absoluteClassPath() {
    String separator = System.getProperty("path.separator");
    return Arrays.stream(System.getProperty("java.class.path").split(separator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(separator));
  }

  @Test
  void executorsMakeTheSameBitsAsThisJvm() {
    ShippedNetwork network = ShippedNetwork.LENET_5;
    NetworkDefinition definition = Rounds.definition(network);
    TrainingState here = Rounds.initial(network);
    try (JavaSparkContext spark = SparkRuntime.open("local[1]", "test");
        SparkTrainer trainer =
            new SparkTrainer(spark, Rounds.plan("here", definition, 2), Rounds.rows())) {
      Rounds.train(trainer, here);
    }
    TrainingState there = Rounds.initial(network);
    try (JavaSparkContext spark = cluster();
        SparkTrainer trainer =
            new SparkTrainer(spark, Rounds.plan("there", definition, 2), Rounds.rows())) {
      Rounds.train(trainer, there);
    }
    assertThat(NetworkHashes.parameters(there.parameters()))
        .isEqualTo(NetworkHashes.parameters(here.parameters()));
  }

  @Test
  void parameterAveragingRunsOnExecutorsToo() {
    ShippedNetwork network = ShippedNetwork.LENET_300_100;
    TrainingState state = Rounds.initial(network);
    try (JavaSparkContext spark = cluster();
        ParameterAveragingTrainer trainer =
            new ParameterAveragingTrainer(
                spark, Rounds.plan("averaging", Rounds.definition(network), 2), Rounds.rows())) {
      Rounds.train(trainer, state);
    }
    assertThat(state.parameters().mask().cardinality()).isLessThan(266_200);
  }
}
