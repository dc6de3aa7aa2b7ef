package io.secateur.prune;

import java.math.BigDecimal;

/** The check that thresholds and quality parameters share. */
final class NonNegative {
  private NonNegative() {}

  static void require(String key, PerLayer<BigDecimal> values) {
    require(key, values.fallback());
    values.overrides().forEach((layer, value) -> require(key + "." + layer, value));
  }

  private static void require(String key, BigDecimal value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(
          "found %s %s; expected 0 or more".formatted(key, value.toPlainString()));
    }
  }
}
