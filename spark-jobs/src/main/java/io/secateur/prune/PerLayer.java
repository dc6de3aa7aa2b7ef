package io.secateur.prune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A value for every layer: one for those that are not named, and others for those that are.
 *
 * @param fallback the value of layers without one of their own
 * @param overrides by layer name, in the order written
 */
public record PerLayer<T>(T fallback, Map<String, T> overrides) {
  /** Copies the map. */
  public PerLayer {
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /** The same value for all layers. */
  public static <T> PerLayer<T> all(T value) {
    return new PerLayer<>(value, Map.of());
  }

  /** The value of this layer. */
  public T of(String layer) {
    return overrides.getOrDefault(layer, fallback);
  }

  /** The job file's form: the value alone, or a map with {@code default}. */
  public Object toOptions(Function<T, Object> value) {
    if (overrides.isEmpty()) {
      return value.apply(fallback);
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("default", value.apply(fallback));
    overrides.forEach((layer, own) -> options.put(layer, value.apply(own)));
    return options;
  }
}
