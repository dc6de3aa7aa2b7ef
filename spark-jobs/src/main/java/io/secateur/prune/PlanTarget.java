package io.secateur.prune;

import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.util.Map;

/** What a plan made from sensitivity curves has to reach. */
public sealed interface PlanTarget permits PlanTarget.Overall, PlanTarget.ErrorBudget {
  /** The job file's value of {@code prune.target}. */
  Map<String, Object> toOptions();

  /**
   * A sparsity of all layers together, at the least harm.
   *
   * @param sparsity after the last cut
   */
  record Overall(Sparsity sparsity) implements PlanTarget {
    @Override
    public Map<String, Object> toOptions() {
      return Map.of("sparsity", sparsity.value());
    }
  }

  /**
   * As sparse as the validation error right after the cut allows.
   *
   * @param points percentage points above the error before pruning, 0 or more
   */
  record ErrorBudget(BigDecimal points) implements PlanTarget {
    @Override
    public Map<String, Object> toOptions() {
      return Map.of("error-budget-points", points);
    }
  }
}
