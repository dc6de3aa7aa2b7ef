package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleValue() {
    assertThat(new Samples(List.of(3.0, 1.0, 2.5)).median()).isEqualTo(2.5);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(new Samples(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3.0);
  }

  @Test
  void theOrderOfMeasurementIsKept() {
    Samples samples = new Samples(List.of(3.0, 1.0, 2.0));
    assertThat(samples.values()).containsExactly(3.0, 1.0, 2.0);
    assertThat(samples.min()).isEqualTo(1.0);
    assertThat(samples.max()).isEqualTo(3.0);
  }

  @Test
  void nothingMeasuredIsNoSeries() {
    assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Samples.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
