package io.secateur.prune;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Cuts a network's weights by the options of a job, step by step.
 *
 * <p>What must stay the same over all steps, n and sigma_0 of every layer, is held here and fixed
 * when pruning begins; {@link #sigmas()} belongs into checkpoint and provenance.
 */
public final class Pruner {
  private final PruneOptions options;
  private final List<WeightRange> ranges;
  private final Map<String, Long> weightsBeforePruning;
  private final Map<String, Double> sigmas;

  private Pruner(
      PruneOptions options,
      ParameterLayout layout,
      Map<String, Long> weightsBeforePruning,
      Map<String, Double> sigmas) {
    this.options = options;
    this.ranges = WeightRange.of(layout);
    this.weightsBeforePruning = new LinkedHashMap<>();
    this.sigmas = new LinkedHashMap<>();
    for (WeightRange range : ranges) {
      this.weightsBeforePruning.put(
          range.layer(), require(weightsBeforePruning, range.layer(), "weights before pruning"));
      this.sigmas.put(range.layer(), require(sigmas, range.layer(), "sigma_0"));
    }
  }

  /**
   * Begins pruning: takes sigma_0 of every layer from these weights.
   *
   * @param survivors weights that are not pruned yet; the full mask for a dense network
   * @param weightsBeforePruning n of every layer; {@link #denseCounts} for a dense network, the
   *     manifest's for a source that is already pruned
   * @throws JobFailedException naming the layer, when a parameter is NaN or infinite
   */
  public static Pruner begin(
      PruneOptions options,
      NetworkParameters parameters,
      Mask survivors,
      Map<String, Long> weightsBeforePruning) {
    parameters.requireFinite();
    Map<String, Double> sigmas = new LinkedHashMap<>();
    for (WeightRange range : WeightRange.of(parameters.layout())) {
      sigmas.put(
          range.layer(), WeightStatistics.of(parameters.weights(), survivors, range).sigma());
    }
    return new Pruner(options, parameters.layout(), weightsBeforePruning, sigmas);
  }

  /** Goes on with pruning that began earlier, with the {@link #sigmas()} of then. */
  public static Pruner resume(
      PruneOptions options,
      ParameterLayout layout,
      Map<String, Long> weightsBeforePruning,
      Map<String, Double> sigmas) {
    return new Pruner(options, layout, weightsBeforePruning, sigmas);
  }

  /** Weights of every layer of a network that was never pruned, in canonical order. */
  public static Map<String, Long> denseCounts(ParameterLayout layout) {
    Map<String, Long> counts = new LinkedHashMap<>();
    WeightRange.of(layout).forEach(range -> counts.put(range.layer(), (long) range.length()));
    return counts;
  }

  /** sigma_0 by layer, in canonical order. */
  public Map<String, Double> sigmas() {
    return Collections.unmodifiableMap(sigmas);
  }

  /**
   * Finds what survives a step. Weights are not changed: the caller zeroes them by the mask.
   *
   * @param parameters the network as it is now
   * @param current weights that may survive; weights outside never come back
   * @param step f_i of the schedule
   * @throws JobFailedException when a parameter is NaN or infinite, or when a layer that takes part
   *     would keep no weight
   */
  public PruneOutcome prune(NetworkParameters parameters, Mask current, Fraction step) {
    parameters.requireFinite();
    float[] weights = parameters.weights();
    SurvivorBits survivors = SurvivorBits.of(current);
    Map<String, Double> thresholds = new LinkedHashMap<>();
    for (WeightGroup group : groups()) {
      CutRule rule = options.criterion().rule(group, options.schedule().startSparsity(), step);
      if (options.scope() == PruningScope.LAYER_ADAPTIVE) {
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
    if (options.scope() == PruningScope.PER_LAYER) {
      return ranges.stream()
          .map(
              range ->
                  new WeightGroup(
                      range.layer(),
                      List.of(range),
                      weightsBeforePruning.get(range.layer()),
                      sigmas.get(range.layer())))
          .toList();
    }
    List<WeightRange> inScope =
        ranges.stream().filter(range -> !options.exclude().contains(range.layer())).toList();
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
            options.scope() == PruningScope.PER_LAYER
                ? "lower prune.%s of layer %s".formatted(options.criterion().key(), range.layer())
                : "lower prune.%s, or add %s to prune.exclude"
                    .formatted(options.criterion().key(), range.layer())));
  }

  private static <T> T require(Map<String, T> values, String layer, String what) {
    T value = values.get(layer);
    if (value == null) {
      throw new IllegalArgumentException(
          "found no %s of layer %s; expected one of every layer with weights"
              .formatted(what, layer));
    }
    return value;
  }
}
