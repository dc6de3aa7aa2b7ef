package io.secateur.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The files on this host that a job file names, wherever in it: data, a network's zip. Elsewhere
 * they are not seen, so that they travel with a job that is submitted.
 */
public final class LocalFiles {
  private static final String STORE = "store";

  private final Map<String, Object> options;

  private LocalFiles(Map<String, Object> options) {
    this.options = options;
  }

  /** Those of a job. Its store is none of them. */
  public static LocalFiles of(JobOptions options) {
    return new LocalFiles(options.toMap());
  }

  /** Those of another file than a job's. */
  public static LocalFiles of(Map<String, Object> options) {
    return new LocalFiles(options);
  }

  /** Absolute {@code file:} URIs, each once, in the order in which the job file names them. */
  public List<URI> places() {
    Set<URI> places = new LinkedHashSet<>();
    movedBy(
        place -> {
          places.add(place);
          return place;
        });
    return List.copyOf(places);
  }

  /** The job file with other places for them, in UTF-8. */
  public byte[] yamlWith(Map<URI, URI> moved) {
    return JobFileWriter.yaml(movedBy(place -> moved.getOrDefault(place, place)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> movedBy(UnaryOperator<URI> move) {
    Map<String, Object> copy = new LinkedHashMap<>();
    options.forEach((key, value) -> copy.put(key, key.equals(STORE) ? value : moved(value, move)));
    return copy;
  }

  private static Object moved(Object value, UnaryOperator<URI> move) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(key, moved(inner, move)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(inner -> copy.add(moved(inner, move)));
      return copy;
    }
    return value instanceof String text && text.startsWith("file:/")
        ? move.apply(URI.create(text)).toString()
        : value;
  }
}
