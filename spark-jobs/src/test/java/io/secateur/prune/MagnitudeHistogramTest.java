package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.tensor.Mask;
import org.junit.jupiter.api.Test;

class MagnitudeHistogramTest {
  private static final float[] WEIGHTS = {1, -1, 2, 0.5f, -0.0f, 3};
  private static final SurvivorBits ALL = SurvivorBits.of(Mask.full(6));

  @Test
  void partsMergeIntoTheWhole() {
    MagnitudeHistogram whole = MagnitudeHistogram.byLeadingDigit();
    whole.add(WEIGHTS, ALL, new WeightRange("fc1", 0, 6));
    MagnitudeHistogram first = MagnitudeHistogram.byLeadingDigit();
    first.add(WEIGHTS, ALL, new WeightRange("fc1", 0, 2));
    MagnitudeHistogram rest = MagnitudeHistogram.byLeadingDigit();
    rest.add(WEIGHTS, ALL, new WeightRange("fc1", 2, 4));

    rest.merge(first);

    assertThat(rest.total()).isEqualTo(6);
    for (int rank = 1; rank <= 6; rank++) {
      assertThat(rest.placeOf(rank)).isEqualTo(whole.placeOf(rank));
    }
  }

  @Test
  void ranksCountFromTheLargest() {
    MagnitudeHistogram histogram = MagnitudeHistogram.byLeadingDigit();
    histogram.add(WEIGHTS, ALL, new WeightRange("fc1", 0, 6));

    // 1.0f is 0x3f800000: its leading 15 bits are 0x3f80, and two magnitudes, 3 and 2, are above.
    assertThat(histogram.placeOf(3)).isEqualTo(new MagnitudeHistogram.Place(0x3f80, 2, 2));
    assertThat(histogram.placeOf(4)).isEqualTo(new MagnitudeHistogram.Place(0x3f80, 2, 2));
    assertThat(histogram.placeOf(6)).isEqualTo(new MagnitudeHistogram.Place(0, 5, 1));
    assertThatThrownBy(() -> histogram.placeOf(7)).hasMessageContaining("rank 7");
  }

  @Test
  void histogramsOfDifferentDigitsDoNotMix() {
    MagnitudeHistogram leading = MagnitudeHistogram.byLeadingDigit();

    assertThatThrownBy(() -> leading.merge(MagnitudeHistogram.byTrailingDigitOf(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
