package io.secateur.prune;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.Map;
import java.util.Set;

/** What decides how many weights of a layer, or of the network, go. */
public sealed interface PruningCriterion
    permits AutoPlan, FixedThreshold, QualityParameter, TargetSparsity {
  /** The job file's key: {@code threshold}, {@code quality}, {@code sparsity} or {@code plan}. */
  String key();

  /** Layers that have a value of their own. */
  Set<String> namedLayers();

  /** Whether the criterion has a meaning in this scope. */
  boolean allows(PruningScope scope);

  /** The job file's keys and values below {@code prune}. */
  Map<String, Object> toOptions();

  /**
   * The rule for one group of weights at one step of the schedule.
   *
   * @param group a layer, or all layers in scope
   * @param start s_0, used by target sparsities only
   * @param step f_i of the schedule
   */
  CutRule rule(WeightGroup group, Sparsity start, Fraction step);
}
