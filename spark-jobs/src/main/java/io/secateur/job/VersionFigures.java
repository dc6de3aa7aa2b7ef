package io.secateur.job;

import io.secateur.network.LayerActivity;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.LayerOutcome;
import io.secateur.report.WeightHistogram;
import io.secateur.report.WeightHistograms;
import io.secateur.tensor.Mask;
import io.secateur.train.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What was measured of a version, as its provenance keeps it. */
public final class VersionFigures {
  private static final String ACTIVATION = "activationPercent";
  private static final String ENTERING = "enteringActivationPercent";
  private static final String HISTOGRAMS = "histograms";
  private static final String NEURONS_REMOVED = "neuronsRemoved";
  private static final String THRESHOLD = "threshold";

  /** The keys of figures that {@link PublishedFigures#layers} tells. */
  public static final Set<String> BY_LAYER =
      Set.of(ACTIVATION, ENTERING, HISTOGRAMS, NEURONS_REMOVED, THRESHOLD);

  /** The test error in percent of the network that this one was pruned from. */
  static final String SOURCE_TEST_ERROR = "sourceTestErrorPercent";

  static final String TEST_ERROR = "testErrorPercent";
  private static final String PARAMETERS = "parametersBeforePruning";
  private static final String BEFORE = "beforePruning";
  private static final String CUT = "afterPruning";
  private static final String RETRAINED = "afterRetraining";

  private final Map<String, Object> figures;

  private VersionFigures(Map<String, Object> figures) {
    this.figures = figures;
  }

  /** The figures of a manifest's provenance. */
  static VersionFigures of(Map<String, Object> provenance) {
    return new VersionFigures(new LinkedHashMap<>(provenance));
  }

  /** The figures of two evaluations. */
  static VersionFigures of(Evaluation test, Evaluation validation) {
    VersionFigures figures = new VersionFigures(new LinkedHashMap<>());
    figures.figures.put("testErrors", test.errors());
    figures.figures.put("testExamples", test.examples());
    figures.figures.put(TEST_ERROR, test.errorPercent());
    figures.figures.put("validationErrors", validation.errors());
    figures.figures.put("validationExamples", validation.examples());
    return figures;
  }

  VersionFigures pruned(PrunedNetwork pruned) {
    figures.put("sigma", pruned.sigmas());
    Map<String, Object> thresholds = new LinkedHashMap<>();
    for (LayerOutcome layer : pruned.lastCut()) {
      layer.threshold().ifPresent(threshold -> thresholds.put(layer.layer(), threshold));
    }
    figures.put(THRESHOLD, thresholds);
    if (!pruned.plan().isEmpty()) {
      figures.put("plan", pruned.plan());
    }
    return this;
  }

  VersionFigures from(Evaluation sourceTest) {
    figures.put(SOURCE_TEST_ERROR, sourceTest.errorPercent());
    return this;
  }

  VersionFigures since(Origin origin) {
    figures.put(PARAMETERS, origin.parameters());
    if (!origin.neuronsRemoved().isEmpty()) {
      figures.put(NEURONS_REMOVED, origin.neuronsRemoved());
    }
    return this;
  }

  VersionFigures active(List<LayerActivity> layers) {
    Map<String, Double> leaving = new LinkedHashMap<>();
    Map<String, Double> entering = new LinkedHashMap<>();
    for (LayerActivity layer : layers) {
      leaving.put(layer.layer(), layer.leavingPercent());
      entering.put(layer.layer(), layer.enteringPercent());
    }
    if (!layers.isEmpty()) {
      figures.put(ACTIVATION, leaving);
      figures.put(ENTERING, entering);
    }
    return this;
  }

  /** Adds the weights that are published where none were cut. */
  VersionFigures spread(NetworkParameters uncut, Mask mask) {
    figures.put(HISTOGRAMS, Map.of(BEFORE, histograms(WeightHistogram.byLayer(uncut, mask))));
    return this;
  }

  /** Adds the weights that the job began to prune, those that it cut, and those it publishes. */
  VersionFigures spread(SourceNetwork source, PrunedNetwork cut, NetworkParameters published) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(BEFORE, histograms(WeightHistogram.byLayer(source.parameters(), source.mask())));
    all.put(CUT, histograms(cut.histograms()));
    all.put(RETRAINED, histograms(WeightHistogram.byLayer(published, published.mask())));
    figures.put(HISTOGRAMS, all);
    return this;
  }

  private static Map<String, Object> histograms(Map<String, WeightHistogram> layers) {
    Map<String, Object> all = new LinkedHashMap<>();
    layers.forEach(
        (layer, histogram) ->
            all.put(
                layer,
                Map.of(
                    "min", histogram.min(), "max", histogram.max(), "counts", histogram.counts())));
    return all;
  }

  /** For the provenance. */
  Map<String, Object> toMap() {
    return figures;
  }

  double testErrorPercent() {
    return ((Number) figures.get(TEST_ERROR)).doubleValue();
  }

  /** Empty for a version whose publisher did not keep it. */
  OptionalLong parametersBeforePruning() {
    return figures.get(PARAMETERS) instanceof Number known
        ? OptionalLong.of(known.longValue())
        : OptionalLong.empty();
  }

  /** The threshold of the last cut of a layer. */
  Optional<Double> threshold(String layer) {
    return number(THRESHOLD, layer);
  }

  Optional<Double> activationPercent(String layer) {
    return number(ACTIVATION, layer);
  }

  Optional<Double> enteringPercent(String layer) {
    return number(ENTERING, layer);
  }

  int neuronsRemoved(String layer) {
    return neuronsRemoved().getOrDefault(layer, 0);
  }

  Map<String, Integer> neuronsRemoved() {
    Map<String, Integer> layers = new LinkedHashMap<>();
    if (figures.get(NEURONS_REMOVED) instanceof Map<?, ?> lost) {
      lost.forEach((layer, count) -> layers.put((String) layer, ((Number) count).intValue()));
    }
    return layers;
  }

  private Optional<Double> number(String key, String layer) {
    return figures.get(key) instanceof Map<?, ?> layers && layers.get(layer) instanceof Number value
        ? Optional.of(value.doubleValue())
        : Optional.empty();
  }

  /** Null for a version whose publisher did not keep them. */
  WeightHistograms histograms(String layer) {
    return figures.get(HISTOGRAMS) instanceof Map<?, ?> all
        ? new WeightHistograms(
            histogram(all.get(BEFORE), layer),
            histogram(all.get(CUT), layer),
            histogram(all.get(RETRAINED), layer))
        : null;
  }

  private static WeightHistogram histogram(Object layers, String layer) {
    if (!(layers instanceof Map<?, ?> all && all.get(layer) instanceof Map<?, ?> one)) {
      return null;
    }
    List<Long> counts = new ArrayList<>();
    for (Object count : (List<?>) one.get("counts")) {
      counts.add(((Number) count).longValue());
    }
    return new WeightHistogram(
        ((Number) one.get("min")).doubleValue(), ((Number) one.get("max")).doubleValue(), counts);
  }
}
