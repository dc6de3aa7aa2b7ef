package io.secateur.prune;

import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    List<WeightRange> inScope =
        ranges.stream().filter(range -> !options.exclude().contains(range.layer())).toList();
    return new ScopedCut(
            options.scope(),
            options.criterion(),
            options.schedule().startSparsity(),
            ranges,
            inScope,
            weightsBeforePruning,
            sigmas)
        .cut(parameters.weights(), current, step);
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
