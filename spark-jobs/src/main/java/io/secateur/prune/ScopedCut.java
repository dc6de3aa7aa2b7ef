package io.secateur.prune;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Sparsity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A criterion on layers whose weights lie in one array: each layer by itself, or all that are in
 * scope together.
 */
public final class ScopedCut {
  private final PruningScope scope;
  private final PruningCriterion criterion;
  private final Sparsity start;
  private final List<WeightRange> ranges;
  private final List<WeightRange> inScope;
  private final Map<String, Long> weightsBeforePruning;
  private final Map<String, Double> sigmas;

  /**
   * @param start s_0
   * @param ranges the layers, in canonical order
   * @param inScope those that compete; with scope per-layer, all
   * @param weightsBeforePruning n of every layer
   * @param sigmas sigma_0 of every layer
   */
  ScopedCut(
      PruningScope scope,
      PruningCriterion criterion,
      Sparsity start,
      List<WeightRange> ranges,
      List<WeightRange> inScope,
      Map<String, Long> weightsBeforePruning,
      Map<String, Double> sigmas) {
    this.scope = scope;
    this.criterion = criterion;
    this.start = start;
    this.ranges = ranges;
    this.inScope = inScope;
    this.weightsBeforePruning = weightsBeforePruning;
    this.sigmas = sigmas;
  }

  /**
   * Cuts once, from dense to the target, and zeroes what goes.
   *
   * @param scope must be one that the criterion allows
   * @param ranges the layers, all of which compete where the scope is not per-layer
   * @param weights finite; those outside the mask are zero already
   * @param survivors what may stay
   * @param weightsBeforePruning n of every layer
   * @throws JobFailedException when a layer would keep no weight
   */
  public static PruneOutcome once(
      PruningScope scope,
      PruningCriterion criterion,
      List<WeightRange> ranges,
      float[] weights,
      Mask survivors,
      Map<String, Long> weightsBeforePruning) {
    Map<String, Double> sigmas = new LinkedHashMap<>();
    for (WeightRange range : ranges) {
      sigmas.put(range.layer(), WeightStatistics.of(weights, survivors, range).sigma());
    }
    PruneOutcome outcome =
        new ScopedCut(scope, criterion, Sparsity.ZERO, ranges, ranges, weightsBeforePruning, sigmas)
            .cut(weights, survivors, Fraction.ONE);
    outcome.mask().zeroAbsent(weights);
    return outcome;
  }

  /**
   * Finds what survives a step.
   *
   * @param current weights that may survive
   * @param step f_i of the schedule
   * @throws JobFailedException when a layer that takes part would keep no weight
   */
  PruneOutcome cut(float[] weights, Mask current, Fraction step) {
    SurvivorBits survivors = SurvivorBits.of(current);
    Map<String, Double> thresholds = new LinkedHashMap<>();
    for (WeightGroup group : groups()) {
      CutRule rule = criterion.rule(group, start, step);
      if (scope == PruningScope.LAYER_ADAPTIVE) {
        Iterator<CutRule> rules = rule.layerAdaptive(weights, survivors, group.ranges()).iterator();
        for (WeightRange range : group.ranges()) {
          thresholds.put(range.layer(), rules.next().clear(weights, survivors, List.of(range)));
        }
      } else {
        double threshold = rule.clear(weights, survivors, group.ranges());
        group.ranges().forEach(range -> thresholds.put(range.layer(), threshold));
      }
    }
    Mask mask = survivors.toMask();
    List<LayerOutcome> outcomes = new ArrayList<>();
    for (WeightRange range : ranges) {
      Double threshold = thresholds.get(range.layer());
      long surviving = mask.slice(range.from(), range.length()).cardinality();
      if (surviving == 0 && threshold != null) {
        throw nothingLeft(range, threshold, weights, current);
      }
      outcomes.add(
          new LayerOutcome(
              range.layer(),
              weightsBeforePruning.get(range.layer()),
              surviving,
              threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold)));
    }
    return new PruneOutcome(mask, outcomes);
  }

  private List<WeightGroup> groups() {
    if (scope == PruningScope.PER_LAYER) {
      return inScope.stream()
          .map(
              range ->
                  new WeightGroup(
                      range.layer(),
                      List.of(range),
                      weightsBeforePruning.get(range.layer()),
                      sigmas.get(range.layer())))
          .toList();
    }
    long n = inScope.stream().mapToLong(range -> weightsBeforePruning.get(range.layer())).sum();
    return List.of(new WeightGroup("", inScope, n, Double.NaN));
  }

  private JobFailedException nothingLeft(
      WeightRange range, double threshold, float[] weights, Mask current) {
    float largest = 0;
    for (int i = range.from(); i < range.to(); i++) {
      if (current.get(i)) {
        largest = Math.max(largest, Math.abs(weights[i]));
      }
    }
    return new JobFailedException(
        new Problem(
            String.format(
                Locale.ROOT,
                "no surviving weight in layer %s (threshold %.6g, largest |w| %.6g)",
                range.layer(),
                threshold,
                largest),
            "at least one weight in every layer after a cut",
            scope == PruningScope.PER_LAYER
                ? "lower prune.%s of layer %s".formatted(criterion.key(), range.layer())
                : "lower prune.%s, or add %s to prune.exclude"
                    .formatted(criterion.key(), range.layer())));
  }
}
