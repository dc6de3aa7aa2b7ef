package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.data.Seeds;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.InitialWeights;
import io.secateur.train.Predictor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Dl4jPredictorTest {
  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void predictionsAreThoseOfTheDefinitionsInCanonicalOrder(ShippedNetwork network) {
    NetworkParameters parameters = InitialWeights.of(network.topology(), 3);
    for (int i = 0; i < parameters.others().length; i++) {
      parameters.others()[i] = (float) (0.1 * Seeds.random(5, i).nextGaussian());
    }
    LabelledImages digits = SampleDigits.testRows();
    int rows = 20;
    int pixels = digits.pixelsPerRow();
    float[] features = new float[rows * pixels];
    digits.fill(0, rows, features, new int[rows]);
    float[] predicted = new float[rows * 10];
    try (Predictor predictor =
        new Dl4jEngine().predictor(Dl4jNetworks.render(network.topology()), parameters)) {
      predictor.predict(features, rows, predicted);
    }
    SlowForward reference = new SlowForward(parameters);
    for (int row = 0; row < rows; row++) {
      double[] input = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        input[i] = features[row * pixels + i];
      }
      double[] expected = reference.predict(network.topology().nodes(), input);
      for (int k = 0; k < 10; k++) {
        assertThat((double) predicted[row * 10 + k])
            .as("row %d, class %d", row, k)
            .isCloseTo(expected[k], within(1e-5));
      }
    }
  }
}
