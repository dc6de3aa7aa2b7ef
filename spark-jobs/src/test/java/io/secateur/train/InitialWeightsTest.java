package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private final NetworkParameters parameters =
      InitialWeights.of(ShippedNetwork.LENET_5.topology(), 1);

  private double[] moments(String tensor) {
    ParameterTensor found = parameters.layout().tensor(tensor).orElseThrow();
    double sum = 0;
    double squares = 0;
    for (float value : parameters.valuesOf(found)) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / found.elements();
    return new double[] {mean, squares / found.elements() - mean * mean};
  }

  @Test
  void varianceIsOneOverFanIn() {
    // fc1 reads 800 values, conv2 20 channels of 5 x 5
    assertThat(moments("fc1.weight")[1] * 800).isCloseTo(1, within(0.01));
    assertThat(moments("fc1.weight")[0]).isCloseTo(0, within(3e-4));
    assertThat(moments("conv2.weight")[1] * 500).isCloseTo(1, within(0.04));
  }

  @Test
  void biasesStartAtZero() {
    assertThat(parameters.others()).hasSize(580).containsOnly(0f);
  }

  @Test
  void theSeedAndTheLayersNameDecide() {
    assertThat(InitialWeights.of(ShippedNetwork.LENET_5.topology(), 1).weights())
        .isEqualTo(parameters.weights());
    assertThat(InitialWeights.of(ShippedNetwork.LENET_5.topology(), 2).weights()[0])
        .isNotEqualTo(parameters.weights()[0]);
    NetworkParameters other = InitialWeights.of(ShippedNetwork.LENET_300_100.topology(), 1);
    float standardised = parameters.weights()[500 + 25_000] * (float) Math.sqrt(800);
    // fc1 of both networks is the same stream, scaled to its own fan-in
    assertThat(other.weights()[0] * (float) Math.sqrt(784)).isCloseTo(standardised, within(1e-5f));
  }
}
