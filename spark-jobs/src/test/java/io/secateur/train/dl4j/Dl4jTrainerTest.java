package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.MinibatchReader;
import io.secateur.data.PartitionData;
import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.InitialWeights;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.RoundSettings;
import io.secateur.train.Rounds;
import io.secateur.train.TrainingPlan;
import io.secateur.train.WorkerSetup;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class Dl4jTrainerTest {
  private static final PartitionData DATA =
      PartitionData.of(SampleDigits.trainRows().range(0, 150), 0, 2);

  private static RoundInput input(RoundSettings settings, NetworkParameters parameters, Mask mask) {
    float[] weights = mask.gather(parameters.weights());
    float[] velocity = new float[weights.length + parameters.others().length];
    return RoundInput.wrapping(settings, 1, weights, parameters.others(), velocity);
  }

  private static RoundResult round(
      NetworkDefinition definition, NetworkParameters parameters, Mask mask, RoundSettings how) {
    TrainingPlan plan = Rounds.plan("job", definition, 2);
    try (LocalTrainer trainer = new Dl4jEngine().trainer(new WorkerSetup(plan, mask, DATA))) {
      return trainer.round(input(how, parameters, mask), how.minibatches());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void aRoundIsWhatDl4jsOwnFitDoes(ShippedNetwork shipped) {
    Topology topology = shipped.topology();
    requireARoundThatIsAFit(Dl4jNetworks.render(topology), InitialWeights.of(topology, 3));
  }

  @Test
  void aRoundOfAResidualGraphIsWhatDl4jsOwnFitDoesStatisticsIncluded() {
    requireARoundThatIsAFit(ResidualGraphs.trained());
  }

  @Test
  void soItIsWithSharedInputsOpaqueConvolutionsAndFlatExamples() {
    requireARoundThatIsAFit(ResidualGraphs.halving());
  }

  private static void requireARoundThatIsAFit(ComputationGraph written) {
    byte[] zip = ResidualGraphs.zipOf(written);
    ImportedNetwork graph =
        Dl4jNetworks.read(new ByteArrayInputStream(zip), "graph", Shape.of(1, 28, 28));
    requireARoundThatIsAFit(graph.definition(), graph.parameters());
  }

  /** Pins sum against mean, the momentum formula, the penalties and every offset at once. */
  private static void requireARoundThatIsAFit(
      NetworkDefinition definition, NetworkParameters parameters) {
    Mask full = Mask.full(parameters.weights().length);
    // 75 rows: the fifth minibatch is short
    RoundSettings settings =
        new RoundSettings(0, 2, 0, 5, 0.05, 0.9, 1e-3, 1e-2, DropoutPolicy.UNCHANGED);
    RoundResult result = round(definition, parameters, full, settings);

    Dl4jModel network = fitting(definition, settings);
    FlatLayout layout = FlatLayout.of(network, parameters.layout());
    layout.write(parameters.weights(), parameters.others(), Memory.of(network.parameters()));
    MinibatchReader reader = Rounds.plan("job", definition, 2).readerOf(DATA);
    reader.startEpoch(2);
    float[] features = new float[Rounds.BATCH * 784];
    int[] labels = new int[Rounds.BATCH];
    for (int minibatch = 0; minibatch < 5; minibatch++) {
      int rows = reader.read(minibatch, features, labels);
      Batch batch = new Batch(rows, Dl4jNetwork.featureShape(definition), 10);
      batch.fill(features);
      batch.label(labels);
      fit(network, new DataSet(batch.features(), batch.labels()));
    }
    NetworkParameters fitted = NetworkParameters.zeros(parameters.layout());
    layout.read(Memory.of(network.parameters()), fitted.weights(), fitted.others());

    assertThat(result.examples()).isEqualTo(75);
    assertThat(Rounds.difference(result.weights(), fitted.weights())).isLessThan(2e-6f);
    assertThat(Rounds.difference(result.others(), fitted.others())).isLessThan(2e-6f);
  }

  private static Dl4jModel fitting(NetworkDefinition definition, RoundSettings settings) {
    Dl4jConfiguration configuration = Dl4jConfiguration.fromJson(definition.dl4jConfiguration());
    for (NamedLayer named : configuration.layers()) {
      if (named.layer() instanceof BaseLayer layer) {
        layer.setIUpdater(new Nesterovs(settings.learningRate(), settings.momentum()));
        layer.setRegularization(
            List.of(new L1Regularization(settings.l1()), new L2Regularization(settings.l2())));
      }
    }
    return configuration.init();
  }

  private static void fit(Dl4jModel network, DataSet minibatch) {
    ((NeuralNetwork) network.model()).fit(minibatch);
  }

  @Test
  void aMaskedRoundIsADenseOneWithZerosPutBackAfterEveryMinibatch() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    NetworkDefinition definition = Dl4jNetworks.render(topology);
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask mask = Rounds.half(parameters);
    mask.zeroAbsent(parameters.weights());
    RoundResult masked = round(definition, parameters, mask, Rounds.settings(0, 0));

    NetworkParameters dense = parameters.copy();
    float[] velocity = new float[dense.weights().length + dense.others().length];
    Mask full = Mask.full(dense.weights().length);
    TrainingPlan plan = Rounds.plan("job", definition, 2);
    for (int minibatch = 0; minibatch < Rounds.MINIBATCHES; minibatch++) {
      RoundSettings one =
          new RoundSettings(0, 0, minibatch, 1, 0.05, 0.9, 1e-5, 1e-4, DropoutPolicy.UNCHANGED);
      try (LocalTrainer trainer = new Dl4jEngine().trainer(new WorkerSetup(plan, full, DATA))) {
        RoundInput in = RoundInput.wrapping(one, 1, dense.weights(), dense.others(), velocity);
        RoundResult result = trainer.round(in, 1);
        dense = NetworkParameters.wrapping(dense.layout(), result.weights(), result.others());
        velocity = result.velocity();
      }
      mask.zeroAbsent(dense.weights());
      float[] weightVelocity = java.util.Arrays.copyOf(velocity, dense.weights().length);
      mask.zeroAbsent(weightVelocity);
      System.arraycopy(weightVelocity, 0, velocity, 0, weightVelocity.length);
    }
    assertThat(masked.weights()).isEqualTo(mask.gather(dense.weights()));
    assertThat(masked.others()).isEqualTo(dense.others());
  }

  @Test
  void aRoundBehindTheEndOfTheEpochTrainsNothing() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask full = Mask.full(parameters.weights().length);
    RoundResult result =
        round(Dl4jNetworks.render(topology), parameters, full, Rounds.settings(0, 2));
    assertThat(result.examples()).isZero();
    assertThat(result.weights()).isEqualTo(parameters.weights());
  }

  @Test
  void dropoutComesFromTheRoundsSeedNotFromWhatRanBefore() {
    Shape image = Shape.of(1, 28, 28);
    Topology topology =
        Topology.of(
            Node.input("input", image, 1 / 255.0),
            Node.flatten("flatten", "input", image),
            Node.dense("fc1", "flatten", 784, 30),
            Node.relu("relu", "fc1", Shape.of(30)),
            Node.dropout("drop", "relu", Shape.of(30), 0.5),
            Node.dense("fc2", "drop", 30, 10),
            Node.softmax("softmax", "fc2", Shape.of(10)));
    NetworkDefinition definition = Dl4jNetworks.render(topology);
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    Mask full = Mask.full(ParameterLayout.of(topology).weightCount());
    TrainingPlan plan = Rounds.plan("job", definition, 2);
    RoundResult fresh = round(definition, parameters, full, Rounds.settings(1, 0));
    try (LocalTrainer used = new Dl4jEngine().trainer(new WorkerSetup(plan, full, DATA))) {
      used.round(input(Rounds.settings(0, 0), parameters, full), Rounds.MINIBATCHES);
      RoundResult again =
          used.round(input(Rounds.settings(1, 0), parameters, full), Rounds.MINIBATCHES);
      assertThat(again.weights()).isEqualTo(fresh.weights());
      assertThat(again.lossSum()).isEqualTo(fresh.lossSum());
    }
  }
}
