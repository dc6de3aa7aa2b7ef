package io.secateur.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateDecayTest {
  @Test
  void noneStays() {
    assertThat(new LearningRateDecay.None().rate(0.1, 0.7, 12)).isEqualTo(0.1);
  }

  @Test
  void cosineGoesFromBaseThroughTheMiddleToItsEnd() {
    LearningRateDecay cosine = new LearningRateDecay.Cosine(0.02);

    assertThat(cosine.rate(0.1, 0, 0)).isEqualTo(0.1);
    assertThat(cosine.rate(0.1, 0.5, 0)).isCloseTo(0.06, within(1e-15));
    assertThat(cosine.rate(0.1, 1.0 / 3, 0)).isCloseTo(0.08, within(1e-15));
    assertThat(cosine.rate(0.1, 1, 0)).isCloseTo(0.02, within(1e-15));
  }

  @Test
  void stepDropsAfterEverySoManyEpochs() {
    LearningRateDecay step = new LearningRateDecay.Step(4, 0.5);

    assertThat(step.rate(0.8, 0, 3.99)).isEqualTo(0.8);
    assertThat(step.rate(0.8, 0, 4)).isEqualTo(0.4);
    assertThat(step.rate(0.8, 0, 11.5)).isEqualTo(0.2);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new LearningRateDecay.Cosine(-1)).hasMessageContaining("decay.to");
    assertThatThrownBy(() -> new LearningRateDecay.Cosine(Double.NaN))
        .hasMessageContaining("decay.to");
    assertThatThrownBy(() -> new LearningRateDecay.Step(1, 0)).hasMessageContaining("factor");
  }
}
