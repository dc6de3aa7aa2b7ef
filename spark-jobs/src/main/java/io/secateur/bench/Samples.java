package io.secateur.bench;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Repeated measurements of one quantity, in the order in which they were made.
 *
 * @param values at least one, each finite
 */
public record Samples(List<Double> values) {
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not a series of measurements: " + values);
    }
  }

  /** A quantity that was measured once. */
  public static Samples of(double value) {
    return new Samples(List.of(value));
  }

  /** The middle value, or the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The same measurements in another unit. */
  Samples map(DoubleUnaryOperator conversion) {
    return new Samples(values.stream().map(conversion::applyAsDouble).toList());
  }

  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
