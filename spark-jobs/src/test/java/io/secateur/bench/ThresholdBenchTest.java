package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.prune.WeightRange;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdBenchTest {
  @Test
  void theShapesAreThoseOfVgg16() {
    assertThat(ThresholdBench.ranges().stream().mapToLong(WeightRange::length).sum())
        .isEqualTo(138_357_544);
  }

  @Test
  void quickselectFindsWhatASortFinds() {
    SplittableRandom random = new SplittableRandom(5);
    for (int length = 1; length < 60; length++) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = random.nextInt(12);
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int rank = 0; rank < length; rank++) {
        assertThat(QuickSelect.select(values.clone(), rank)).isEqualTo(sorted[rank]);
      }
    }
  }
}
