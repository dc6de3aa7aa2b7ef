package io.secateur.checkpoint;

import io.secateur.prune.LayerOutcome;
import io.secateur.report.JobResult;
import io.secateur.report.WeightHistogram;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far the cuts of a schedule are.
 *
 * @param made cuts that were made, at least 1
 * @param epochs whole epochs retrained since the last one
 * @param open the step of the last cut, with its seconds so far; its error after is not known
 * @param layers what the last cut left
 * @param sigmas sigma_0 by layer, as it was when pruning began
 * @param histograms of the weights that the last cut of all has left, by layer; empty before it
 */
public record CutProgress(
    int made,
    int epochs,
    JobResult.Step open,
    List<Layer> layers,
    Map<String, Double> sigmas,
    Map<String, WeightHistogram> histograms) {
  /** Copies list and maps. */
  public CutProgress {
    layers = List.copyOf(layers);
    sigmas = Collections.unmodifiableMap(new LinkedHashMap<>(sigmas));
    histograms = Collections.unmodifiableMap(new LinkedHashMap<>(histograms));
  }

  /** {@link #layers} for the job. */
  public List<LayerOutcome> outcomes() {
    return layers.stream().map(Layer::outcome).toList();
  }

  /**
   * What a cut left of a layer, as in {@link LayerOutcome}.
   *
   * @param layer name
   * @param weights prunable weights before any pruning
   * @param surviving weights in the mask
   * @param threshold null for excluded layers
   */
  public record Layer(String layer, long weights, long surviving, Double threshold) {
    /** The same for a checkpoint. */
    public static Layer of(LayerOutcome outcome) {
      Double threshold = outcome.threshold().isPresent() ? outcome.threshold().getAsDouble() : null;
      return new Layer(outcome.layer(), outcome.weights(), outcome.surviving(), threshold);
    }

    /** The same for the job. */
    public LayerOutcome outcome() {
      return new LayerOutcome(
          layer,
          weights,
          surviving,
          threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
    }
  }
}
