package io.secateur.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network was before any pruning, by this job or by earlier ones.
 *
 * @param weights prunable weights by layer
 * @param parameters those, biases and statistics, of all layers
 * @param neuronsRemoved how many neurons it has lost since, by layer; only layers that lost some
 */
record Origin(Map<String, Long> weights, long parameters, Map<String, Integer> neuronsRemoved) {
  /** Copies the maps. */
  Origin {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    neuronsRemoved = Collections.unmodifiableMap(new LinkedHashMap<>(neuronsRemoved));
  }

  /** The same, with more neurons gone. */
  Origin without(Map<String, Integer> neurons) {
    Map<String, Integer> all = new LinkedHashMap<>(neuronsRemoved);
    neurons.forEach((layer, count) -> all.merge(layer, count, Integer::sum));
    return new Origin(weights, parameters, all);
  }
}
