package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.secateur.tensor.Mask;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightStatisticsTest {
  private static WeightStatistics of(float... weights) {
    return WeightStatistics.of(
        weights, Mask.ofNonZero(weights), new WeightRange("fc1", 0, weights.length));
  }

  @Test
  void sigmaIsThePopulationStandardDeviationOfTheRange() {
    // mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, 32 / 8 = 4
    float[] weights = {100, 2, 4, 4, 4, 5, 5, 7, 9, -100};

    WeightStatistics found =
        WeightStatistics.of(weights, Mask.full(10), new WeightRange("fc1", 1, 8));

    assertThat(found.sigma()).isEqualTo(2);
    assertThat(found.mean()).isEqualTo(5);
    assertThat(found.min()).isEqualTo(2);
    assertThat(found.max()).isEqualTo(9);
  }

  @Test
  void leavesPrunedWeightsOut() {
    WeightStatistics found = of(3, 0, -3, 0);

    assertThat(found.count()).isEqualTo(2);
    assertThat(found.sigma()).isEqualTo(3);
  }

  @Test
  void ofNothingIsZero() {
    WeightStatistics found = of(0, 0);

    assertThat(found.sigma()).isZero();
    assertThatThrownBy(() -> found.quantile(0.5)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void manyPartsAgreeWithASort() {
    int length = 40 * (1 << 14) + 321;
    SplittableRandom random = new SplittableRandom(3);
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      weights[i] = (float) (0.1 + 0.05 * random.nextGaussian());
    }

    WeightStatistics found = of(weights);

    double mean = 0;
    for (float weight : weights) {
      mean += weight;
    }
    mean /= length;
    double squares = 0;
    for (float weight : weights) {
      squares += (weight - mean) * (weight - mean);
    }
    assertThat(found.mean()).isCloseTo(mean, within(1e-12));
    assertThat(found.sigma()).isCloseTo(Math.sqrt(squares / length), within(1e-12));
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    for (double fraction : new double[] {0, 0.01, 0.25, 0.5, 0.9, 0.999, 1}) {
      int rank = (int) Math.max(1, Math.ceil(fraction * length));
      float exact = sorted[rank - 1];
      assertThat(found.quantile(fraction)).isCloseTo(exact, within(Math.abs(exact) / 128));
    }
    assertThat(Arrays.stream(found.histogram(20)).sum()).isEqualTo(length);
  }

  @Test
  void binsAreOfEqualWidth() {
    assertThat(of(-1, -0.9f, 0.1f, 0.9f, 1).histogram(4)).containsExactly(2, 0, 1, 2);
  }
}
