package io.secateur.report;

/** JSON has no NaN: a figure that is none is a mistake of the job, found here. */
final class FiniteFigure {
  private FiniteFigure() {}

  static Double orNull(Double value) {
    return value == null ? null : require(value);
  }

  static double require(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite figure: " + value);
    }
    return value;
  }
}
