package io.secateur.job;

import io.secateur.network.NetworkParameters;
import io.secateur.prune.LayerOutcome;
import io.secateur.report.WeightHistogram;
import java.util.List;
import java.util.Map;

/**
 * What pruning left.
 *
 * @param parameters of the epoch that was kept; pruned weights are +0.0f
 * @param lastCut thresholds of the last cut by layer
 * @param sigmas sigma_0 by layer
 * @param histograms of the weights that the last cut left, before their retraining
 * @param plan what the provenance says of the plan it was cut by; empty without one
 */
record PrunedNetwork(
    NetworkParameters parameters,
    List<LayerOutcome> lastCut,
    Map<String, Double> sigmas,
    Map<String, WeightHistogram> histograms,
    Map<String, Object> plan) {
  /** Cut without a plan. */
  PrunedNetwork(
      NetworkParameters parameters,
      List<LayerOutcome> lastCut,
      Map<String, Double> sigmas,
      Map<String, WeightHistogram> histograms) {
    this(parameters, lastCut, sigmas, histograms, Map.of());
  }

  PrunedNetwork by(Map<String, Object> figures) {
    return new PrunedNetwork(parameters, lastCut, sigmas, histograms, figures);
  }
}
