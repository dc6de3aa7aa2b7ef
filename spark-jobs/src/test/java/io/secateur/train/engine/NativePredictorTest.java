package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.Engine;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import io.secateur.train.Rounds;
import io.secateur.train.dl4j.Dl4jEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativePredictorTest {
  private static final LabelledImages ROWS = SampleDigits.testRows();

  private static float[] predictions(Engine engine, ShippedNetwork network, int count) {
    NetworkDefinition definition = Rounds.definition(network);
    NetworkParameters parameters = InitialWeights.of(network.topology(), 3);
    float[] features = new float[Predictor.BATCH * 784];
    ROWS.fill(0, count, features, new int[Predictor.BATCH]);
    try (Predictor predictor = engine.predictor(definition, parameters)) {
      float[] predicted = new float[count * predictor.outputs()];
      predictor.predict(features, count, predicted);
      return predicted;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void predictsWhatDl4jPredicts(ShippedNetwork network) {
    assertThat(
            Rounds.difference(
                predictions(NativeEngine.ofThisProcess(), network, 64),
                predictions(new Dl4jEngine(), network, 64)))
        .isLessThan(1e-6f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 63})
  void anExampleHasTheSameOutputsInABatchOfAnySize(int count) {
    float[] all = predictions(NativeEngine.ofThisProcess(), ShippedNetwork.LENET_5, 64);
    float[] some = predictions(NativeEngine.ofThisProcess(), ShippedNetwork.LENET_5, count);
    assertThat(some).isEqualTo(java.util.Arrays.copyOf(all, some.length));
  }

  @Test
  void theEvaluatorCountsTheErrorsThatItCountsWithDl4j() {
    NetworkDefinition definition = Rounds.definition(ShippedNetwork.LENET_300_100);
    NetworkParameters parameters = InitialWeights.of(definition.topology(), 3);
    Evaluation ours =
        Evaluator.evaluate(NativeEngine.ofThisProcess(), definition, parameters, ROWS);
    Evaluation theirs = Evaluator.evaluate(new Dl4jEngine(), definition, parameters, ROWS);
    assertThat(ours.errors()).isEqualTo(theirs.errors());
    assertThat(ours.loss()).isCloseTo(theirs.loss(), org.assertj.core.data.Offset.offset(1e-5));
  }

  @Test
  void noMoreThanABatchIsTaken() {
    NetworkParameters parameters = InitialWeights.of(ShippedNetwork.LENET_5.topology(), 3);
    try (Predictor predictor =
        NativeEngine.ofThisProcess()
            .predictor(Rounds.definition(ShippedNetwork.LENET_5), parameters)) {
      assertThatThrownBy(() -> predictor.predict(new float[65 * 784], 65, new float[650]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
