package io.secateur.tensor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A share of weights that are zero, in the closed interval [0, 1], as the exact decimal that was
 * written: 0.92 means 92/100, which no double is. Two sparsities are equal when their values are:
 * 0.5 is 0.50.
 *
 * <p>Schedules move a sparsity from a start s<sub>0</sub> to a target s by a fraction f:
 * s<sub>i</sub> = s<sub>0</sub> + f (s - s<sub>0</sub>).
 */
public record Sparsity(BigDecimal value) implements Comparable<Sparsity> {
  public static final Sparsity ZERO = new Sparsity(BigDecimal.ZERO);

  /** As many as the exact decimal of a double can need; keeps hostile exponents from costing. */
  private static final int MAX_DECIMALS = 1_074;

  /** Enough to hit each count of weights exactly. */
  private static final int COUNT_DECIMALS = 12;

  /**
   * Checks the bounds, and drops trailing zeros.
   *
   * @throws IllegalArgumentException when the value is not in [0, 1], or has more than 1,074
   *     decimals
   */
  public Sparsity {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("a sparsity is in [0, 1], found " + value);
    }
    value = value.stripTrailingZeros();
    if (value.scale() > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "a sparsity has at most " + MAX_DECIMALS + " decimals, found " + value.scale());
    }
  }

  /**
   * The sparsity of a decimal as it is written.
   *
   * @throws IllegalArgumentException when the text is not a decimal number in [0, 1]
   */
  public static Sparsity of(String decimal) {
    try {
      return new Sparsity(new BigDecimal(decimal));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a sparsity is a decimal number such as 0.92, found \"" + decimal + "\"", e);
    }
  }

  /**
   * The sparsity that removes so many of {@code n} weights: {@link #keepOf} gives the others again.
   *
   * @param removed in [0, n]
   * @param n at least 1, below 10^11
   */
  public static Sparsity removing(long removed, long n) {
    return new Sparsity(
        BigDecimal.valueOf(removed)
            .divide(BigDecimal.valueOf(n), COUNT_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** How many of {@code n} weights a step keeps, starting from {@link #ZERO}. */
  public long keepOf(long n, Fraction step) {
    return keepOf(n, ZERO, step);
  }

  /**
   * How many of {@code n} weights a step keeps: floor((1 - s<sub>i</sub>) n + 1/2), in exact
   * integers, with s<sub>i</sub> = start + step (this - start).
   *
   * @param n the weights before any pruning, at least 0
   * @return a number in [0, n]
   * @throws IllegalArgumentException when {@code n} is negative
   */
  public long keepOf(long n, Sparsity start, Fraction step) {
    if (n < 0) {
      throw new IllegalArgumentException("a number of weights is at least 0, found " + n);
    }
    Fraction density = exactlyAt(start, step).oneMinus();
    BigInteger twiceDenominator = density.denominator().shiftLeft(1);
    return density
        .numerator()
        .multiply(BigInteger.valueOf(n))
        .shiftLeft(1)
        .add(density.denominator())
        .divide(twiceDenominator)
        .longValueExact();
  }

  /** The sparsity of a step, start + step (this - start), as the nearest double: for reports. */
  public double at(Sparsity start, Fraction step) {
    return exactlyAt(start, step).doubleValue();
  }

  private Fraction exactlyAt(Sparsity start, Fraction step) {
    int scale = Math.max(0, Math.max(value.scale(), start.value.scale()));
    BigInteger from = start.value.setScale(scale).unscaledValue();
    BigInteger to = value.setScale(scale).unscaledValue();
    BigInteger moved = to.subtract(from).multiply(step.numerator());
    return new Fraction(
        from.multiply(step.denominator()).add(moved),
        BigInteger.TEN.pow(scale).multiply(step.denominator()));
  }

  /** The value as the nearest double: for reports. */
  public double doubleValue() {
    return value.doubleValue();
  }

  @Override
  public int compareTo(Sparsity other) {
    return value.compareTo(other.value);
  }

  /** The plain decimal, as in {@code 0.92}. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
