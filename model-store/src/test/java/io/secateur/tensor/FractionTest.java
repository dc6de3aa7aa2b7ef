package io.secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FractionTest {
  @Test
  void isInLowestTerms() {
    assertThat(Fraction.of(4, 10)).isEqualTo(Fraction.of(2, 5)).hasToString("2/5");
    assertThat(Fraction.of(0, 7)).isEqualTo(Fraction.ZERO);
    assertThat(Fraction.of(7, 7)).isEqualTo(Fraction.ONE);
  }

  @Test
  void outsideTheUnitIntervalIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fraction.of(8, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> Fraction.of(-1, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> Fraction.of(-1, -7));
    assertThatIllegalArgumentException().isThrownBy(() -> Fraction.of(0, 0));
  }

  @Test
  void cubicScheduleIsExact() {
    // 1 - (1 - 1/3)^3 = 1 - 8/27
    assertThat(Fraction.of(1, 3).oneMinus().pow(3).oneMinus()).isEqualTo(Fraction.of(19, 27));
    assertThat(Fraction.ZERO.pow(0)).isEqualTo(Fraction.ONE);
  }

  @Test
  void doubleIsTheNearestEvenOfHugeTerms() {
    BigInteger huge = BigInteger.TEN.pow(400);
    assertThat(new Fraction(huge, huge.multiply(BigInteger.valueOf(3)).add(BigInteger.ONE)))
        .returns(1.0 / 3, Fraction::doubleValue);
    assertThat(Fraction.of(1, 10).doubleValue()).isEqualTo(0.1);
  }

  @Test
  void orderIsByValue() {
    assertThat(Fraction.of(1, 3)).isLessThan(Fraction.of(2, 5)).isGreaterThan(Fraction.of(3, 10));
  }
}
