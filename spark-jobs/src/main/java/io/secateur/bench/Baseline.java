package io.secateur.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What something else reaches on the same work in the same run.
 *
 * @param name stable, as in {@code pytorch}
 * @param value its median in the row's unit; null when it was skipped
 * @param ratio how many times better ours is, above 1 is better; null when it was skipped
 * @param skipped why it was not measured; null when it was
 */
@JsonPropertyOrder({"name", "value", "ratio", "skipped"})
public record Baseline(String name, Double value, Double ratio, String skipped) {
  /** A baseline that was measured. */
  static Baseline measured(String name, double value, double ratio) {
    return new Baseline(name, value, ratio, null);
  }

  /** A baseline that could not be measured here. */
  static Baseline skipped(String name, String why) {
    return new Baseline(name, null, null, why);
  }
}
