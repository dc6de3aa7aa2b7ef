package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.RoundOutcome;
import io.secateur.train.Rounds;
import io.secateur.train.SparkRuntime;
import io.secateur.train.SparkTrainer;
import io.secateur.train.TrainingState;
import java.io.ByteArrayInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ParameterAveragingTrainerTest {
  private static final ShippedNetwork NETWORK = ShippedNetwork.LENET_300_100;

  @Test
  void fullRoundsTrainAsOurOwnLoopDoesVelocityIncluded() {
    NetworkDefinition definition = Rounds.definition(NETWORK);
    TrainingState ours = Rounds.initial(NETWORK);
    TrainingState theirs = Rounds.initial(NETWORK);
    Mask full = Mask.full(ours.parameters().weights().length);
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer own =
            new SparkTrainer(spark, Rounds.plan("own", definition, 2), Rounds.rows());
        ParameterAveragingTrainer dl4j =
            new ParameterAveragingTrainer(
                spark, Rounds.plan("dl4j", definition, 2), Rounds.rows())) {
      own.begin(ours, full);
      dl4j.begin(theirs, full);
      for (int round = 0; round < 3; round++) {
        RoundOutcome expected = own.round(Rounds.settings(0, round));
        RoundOutcome found = dl4j.round(Rounds.settings(0, round));
        assertThat(found.examples()).isEqualTo(expected.examples()).isEqualTo(128);
      }
      assertThat(dl4j.minibatchesPerEpoch()).isEqualTo(own.minibatchesPerEpoch());
    }
    assertThat(Rounds.difference(theirs.parameters().weights(), ours.parameters().weights()))
        .isLessThan(1e-5f);
    assertThat(Rounds.difference(theirs.weightVelocity(), ours.weightVelocity())).isLessThan(1e-5f);
    assertThat(Rounds.difference(theirs.otherVelocity(), ours.otherVelocity())).isLessThan(1e-5f);
  }

  @Test
  void aResidualGraphTrainsAsInOurOwnLoop() {
    byte[] zip = ResidualGraphs.zipOf(ResidualGraphs.trained());
    ImportedNetwork graph =
        Dl4jNetworks.read(new ByteArrayInputStream(zip), "graph", Shape.of(1, 28, 28));
    TrainingState ours = TrainingState.startingFrom(graph.parameters().copy());
    TrainingState theirs = TrainingState.startingFrom(graph.parameters().copy());
    Mask full = Mask.full(ours.parameters().weights().length);
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        SparkTrainer own =
            new SparkTrainer(spark, Rounds.plan("own", graph.definition(), 2), Rounds.rows());
        ParameterAveragingTrainer dl4j =
            new ParameterAveragingTrainer(
                spark, Rounds.plan("dl4j", graph.definition(), 2), Rounds.rows())) {
      own.begin(ours, full);
      dl4j.begin(theirs, full);
      own.round(Rounds.settings(0, 0));
      dl4j.round(Rounds.settings(0, 0));
    }
    assertThat(Rounds.difference(ours.parameters().weights(), graph.parameters().weights()))
        .isGreaterThan(1e-3f);
    assertThat(Rounds.difference(theirs.parameters().weights(), ours.parameters().weights()))
        .isLessThan(1e-5f);
    assertThat(Rounds.difference(theirs.parameters().others(), ours.parameters().others()))
        .isLessThan(1e-5f);
  }

  @Test
  void theMaskIsPutOnAgainAfterEveryRound() {
    TrainingState state = Rounds.initial(NETWORK);
    Mask mask = Rounds.half(state.parameters());
    state.apply(mask);
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "test");
        ParameterAveragingTrainer trainer =
            new ParameterAveragingTrainer(
                spark, Rounds.plan("job", Rounds.definition(NETWORK), 2), Rounds.rows())) {
      trainer.begin(state, mask);
      trainer.round(Rounds.settings(0, 0));
    }
    assertThat(state.parameters().mask().isSubsetOf(mask)).isTrue();
    state.requireZerosOutside(mask);
  }
}
