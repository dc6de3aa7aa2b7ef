package io.secateur.job;

import io.secateur.network.NetworkParameters;
import io.secateur.prune.LayerOutcome;
import java.util.List;
import java.util.Map;

/**
 * What pruning left.
 *
 * @param parameters of the epoch that was kept; pruned weights are +0.0f
 * @param lastCut thresholds of the last cut by layer
 * @param sigmas sigma_0 by layer
 */
record PrunedNetwork(
    NetworkParameters parameters, List<LayerOutcome> lastCut, Map<String, Double> sigmas) {}
