package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void ratesAreRoundedDown() {
    assertThat(Figures.times(12)).isEqualTo("12.0x");
    assertThat(Figures.times(49.97)).isEqualTo("49.9x");
    assertThat(Figures.times(266_200.0 / 22_184)).isEqualTo("11.9x");
  }

  @Test
  void percentagesHaveTwoDigitsAndSharesOne() {
    assertThat(Figures.percent(1.48)).isEqualTo("1.48 %");
    assertThat(Figures.share(0.91666)).isEqualTo("91.7 %");
  }

  @Test
  void manyASecondAreShortened() {
    assertThat(Figures.rate(0)).isEqualTo("0");
    assertThat(Figures.rate(999.4)).isEqualTo("999");
    assertThat(Figures.rate(999.6)).isEqualTo("1.0k");
    assertThat(Figures.rate(12_345)).isEqualTo("12.3k");
    assertThat(Figures.rate(1_250_000)).isEqualTo("1.25M");
    assertThat(Figures.roundShare(0.806)).isEqualTo("81 %");
  }

  @Test
  void timesAreShort() {
    assertThat(Figures.time(Duration.ofMillis(400))).isEqualTo("0 s");
    assertThat(Figures.time(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Figures.time(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(Figures.time(Duration.ofMinutes(62))).isEqualTo("1 h 02 min");
  }

  @Test
  void operationsHaveThreeDigitsAndAUnit() {
    assertThat(Figures.operations(999)).isEqualTo("999");
    assertThat(Figures.operations(470_400)).isEqualTo("470K");
    assertThat(Figures.operations(999_600)).isEqualTo("1.00M");
    assertThat(Figures.operations(4_586_000)).isEqualTo("4.59M");
    assertThat(Figures.operations(30_940_528_640L)).isEqualTo("30.9B");
  }

  @Test
  void smallFiguresHaveThreeDigitsToo() {
    assertThat(Figures.threeDigits(171.4)).isEqualTo("171");
    assertThat(Figures.threeDigits(0.081249)).isEqualTo("0.0812");
  }
}
