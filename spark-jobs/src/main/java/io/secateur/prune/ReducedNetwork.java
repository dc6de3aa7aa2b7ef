package io.secateur.prune;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network without its dead neurons.
 *
 * @param topology the same nodes, some of them narrower
 * @param parameters of this topology
 * @param removed how many neurons or channels went, by layer in canonical order; only layers that
 *     lost some
 * @param kept why the neurons of a layer were not looked at, by layer in canonical order
 */
public record ReducedNetwork(
    Topology topology,
    NetworkParameters parameters,
    Map<String, Integer> removed,
    Map<String, String> kept) {
  /** Copies the maps. */
  public ReducedNetwork {
    removed = Collections.unmodifiableMap(new LinkedHashMap<>(removed));
    kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }
}
