package io.secateur.prune;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A sparsity for each layer, still to be found from sensitivity curves. It can't cut: the job puts
 * a {@link TargetSparsity} in its place before it prunes.
 *
 * @param target what the plan has to reach
 */
public record AutoPlan(PlanTarget target) implements PruningCriterion {
  @Override
  public String key() {
    return "plan";
  }

  @Override
  public Set<String> namedLayers() {
    return Set.of();
  }

  @Override
  public boolean allows(PruningScope scope) {
    return scope == PruningScope.PER_LAYER;
  }

  @Override
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put(key(), "auto");
    options.put("target", target.toOptions());
    return options;
  }

  @Override
  public CutRule rule(WeightGroup group, Sparsity start, Fraction step) {
    throw new IllegalStateException("found a plan that was not made; expected sparsities");
  }
}
