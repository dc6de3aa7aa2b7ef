package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.tensor.Mask;
import org.junit.jupiter.api.Test;

class SigmaTest {
  @Test
  void isThePopulationDeviationOfTheLayer() {
    // mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, 32 / 8 = 4
    float[] weights = {100, 2, 4, 4, 4, 5, 5, 7, 9, -100};

    assertThat(Sigma.of(weights, Mask.full(10), new WeightRange("fc1", 1, 8))).isEqualTo(2);
  }

  @Test
  void leavesPrunedWeightsOut() {
    float[] weights = {3, 0, -3, 0};

    assertThat(Sigma.of(weights, Mask.ofNonZero(weights), new WeightRange("fc1", 0, 4)))
        .isEqualTo(3);
  }

  @Test
  void ofNothingIsZero() {
    assertThat(Sigma.of(new float[2], Mask.ofNonZero(new float[2]), new WeightRange("fc1", 0, 2)))
        .isZero();
  }
}
