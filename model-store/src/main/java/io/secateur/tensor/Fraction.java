package io.secateur.tensor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact fraction in the closed interval [0, 1], in lowest terms: how far a schedule has gone.
 *
 * @param numerator from 0 to {@code denominator}
 * @param denominator at least 1
 */
public record Fraction(BigInteger numerator, BigInteger denominator)
    implements Comparable<Fraction> {
  public static final Fraction ZERO = of(0, 1);
  public static final Fraction ONE = of(1, 1);

  /** Twice the digits of a double, so that rounding twice can't be seen in practice. */
  private static final MathContext WIDE = MathContext.DECIMAL128;

  /**
   * Reduces to lowest terms.
   *
   * @throws IllegalArgumentException when the fraction is not in [0, 1]
   */
  public Fraction {
    if (denominator.signum() <= 0
        || numerator.signum() < 0
        || numerator.compareTo(denominator) > 0) {
      throw new IllegalArgumentException(
          "a fraction is in [0, 1] with a positive denominator, found "
              + numerator
              + "/"
              + denominator);
    }
    BigInteger divisor = numerator.gcd(denominator);
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  /**
   * numerator / denominator, exactly.
   *
   * @throws IllegalArgumentException when the fraction is not in [0, 1]
   */
  public static Fraction of(long numerator, long denominator) {
    return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /** 1 - this. */
  public Fraction oneMinus() {
    return new Fraction(denominator.subtract(numerator), denominator);
  }

  /**
   * This to the power {@code exponent}; anything to the power 0 is 1.
   *
   * @throws ArithmeticException when {@code exponent} is negative
   */
  public Fraction pow(int exponent) {
    return new Fraction(numerator.pow(exponent), denominator.pow(exponent));
  }

  /** The nearest double. */
  public double doubleValue() {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), WIDE).doubleValue();
  }

  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** As in {@code 3/5}. */
  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
