package io.secateur.prune;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Keeps |w| &gt; f_i t: the threshold is written down.
 *
 * @param thresholds t, 0 or more
 */
public record FixedThreshold(PerLayer<BigDecimal> thresholds) implements PruningCriterion {
  /** Refuses negative thresholds. */
  public FixedThreshold {
    NonNegative.require("threshold", thresholds);
  }

  @Override
  public String key() {
    return "threshold";
  }

  @Override
  public Set<String> namedLayers() {
    return thresholds.overrides().keySet();
  }

  @Override
  public boolean allows(PruningScope scope) {
    return scope != PruningScope.LAYER_ADAPTIVE;
  }

  @Override
  public Map<String, Object> toOptions() {
    return Map.of(key(), thresholds.toOptions(t -> t));
  }

  @Override
  public CutRule rule(WeightGroup group, Sparsity start, Fraction step) {
    return new CutRule.KeepAbove(step.doubleValue() * thresholds.of(group.name()).doubleValue());
  }
}
