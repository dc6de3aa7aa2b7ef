package io.secateur.store;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which versions of a model expire and which stay, as planned or as done.
 *
 * @param model the model
 * @param expired the versions that expire, ascending
 * @param kept the live versions that stay, each with the reason
 */
public record Expiry(
    String model, List<ModelVersion> expired, SortedMap<ModelVersion, String> kept) {
  /** Copies list and map. */
  public Expiry {
    expired = List.copyOf(expired);
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
  }
}
