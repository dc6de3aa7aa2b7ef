package io.secateur.prune;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the K = floor((1 - s_i) n + 1/2) largest weights, s_i = s_0 + f_i (s - s_0), in exact
 * integers; n counts the weights before any pruning.
 *
 * @param targets s, the sparsity after the last step
 */
public record TargetSparsity(PerLayer<Sparsity> targets) implements PruningCriterion {
  @Override
  public String key() {
    return "sparsity";
  }

  @Override
  public Set<String> namedLayers() {
    return targets.overrides().keySet();
  }

  @Override
  public boolean allows(PruningScope scope) {
    return true;
  }

  @Override
  public Map<String, Object> toOptions() {
    return Map.of(key(), targets.toOptions(Sparsity::value));
  }

  @Override
  public CutRule rule(WeightGroup group, Sparsity start, Fraction step) {
    return new CutRule.KeepLargest(
        targets.of(group.name()).keepOf(group.weightsBeforePruning(), start, step));
  }
}
