package io.secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class SparsityTest {
  @Example
  void keepsTheWeightsOfLeNet300100AtTwelveTimes() {
    // 0.08 of 235,200, 30,000 and 1,000 are whole numbers.
    Sparsity target = Sparsity.of("0.92");

    assertThat(target.keepOf(235_200, Fraction.ONE)).isEqualTo(18_816);
    assertThat(target.keepOf(30_000, Fraction.ONE)).isEqualTo(2_400);
    assertThat(target.keepOf(1_000, Fraction.ONE)).isEqualTo(80);
  }

  @Example
  void halvesAreKept() {
    // (1 - 0.5) 3 + 1/2 = 2
    assertThat(Sparsity.of("0.5").keepOf(3, Fraction.ONE)).isEqualTo(2);
  }

  @Example
  void writtenDecimalDecidesWhereADoubleErrs() {
    // (1 - 0.191) 500 is 405 - 1/2 exactly; the double nearest to 0.191 gives 404.
    assertThat(Math.floor((1 - 0.191) * 500 + 0.5)).isEqualTo(404);
    assertThat(Sparsity.of("0.191").keepOf(500, Fraction.ONE)).isEqualTo(405);
  }

  @Example
  void stepMovesFromTheStart() {
    // s_i = 0.3 + 1/2 (0.9 - 0.3) = 0.6
    Sparsity target = Sparsity.of("0.9");
    Sparsity start = Sparsity.of("0.3");

    assertThat(target.keepOf(1_000, start, Fraction.of(1, 2))).isEqualTo(400);
    assertThat(target.at(start, Fraction.of(1, 2))).isEqualTo(0.6);
    assertThat(target.keepOf(1_000, start, Fraction.ZERO)).isEqualTo(700);
  }

  @Property
  void keepAgreesWithDecimalArithmetic(
      @ForAll @BigRange(min = "0", max = "1") @Scale(12) BigDecimal value,
      @ForAll @BigRange(min = "0", max = "1") @Scale(6) BigDecimal start,
      @ForAll @IntRange(min = 1, max = 5) int tenth,
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long n) {
    // tenth / 5 is a decimal, so BigDecimal is exact here.
    BigDecimal step = BigDecimal.valueOf(tenth).divide(BigDecimal.valueOf(5));
    BigDecimal sparsity = start.add(step.multiply(value.subtract(start)));
    BigInteger expected =
        BigDecimal.ONE
            .subtract(sparsity)
            .multiply(BigDecimal.valueOf(n))
            .add(new BigDecimal("0.5"))
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();

    long keep = new Sparsity(value).keepOf(n, new Sparsity(start), Fraction.of(tenth, 5));

    assertThat(BigInteger.valueOf(keep)).isEqualTo(expected);
  }

  @Property
  void keepNeverGrowsWithTheStep(
      @ForAll @BigRange(min = "0", max = "1") @Scale(4) BigDecimal value,
      @ForAll @IntRange(min = 1, max = 50) int steps,
      @ForAll @LongRange(min = 0, max = 1_000_000) long n) {
    Sparsity target = new Sparsity(value);
    long previous = n;
    for (int i = 1; i <= steps; i++) {
      long keep = target.keepOf(n, Fraction.of(i, steps));
      assertThat(keep).isBetween(0L, previous);
      previous = keep;
    }
    assertThat(previous).isEqualTo(target.keepOf(n, Fraction.ONE));
  }

  @Example
  void valueIsTheDecimalWithoutTrailingZeros() {
    assertThat(Sparsity.of("0.920")).isEqualTo(Sparsity.of("92e-2")).hasToString("0.92");
    assertThat(Sparsity.of("1.0")).hasToString("1");
    assertThat(Sparsity.of("0")).isEqualTo(Sparsity.ZERO).isLessThan(Sparsity.of("0.1"));
  }

  @Example
  void outsideTheUnitIntervalIsRefused() {
    for (String bad : new String[] {"-0.1", "1.0000001", "92", "92%", "", "NaN", "1e-1075"}) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Sparsity.of(bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Sparsity.of("1e-2000000000"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sparsity.ZERO.keepOf(-1, Fraction.ONE))
        .withMessage("a number of weights is at least 0, found -1");
  }
}
