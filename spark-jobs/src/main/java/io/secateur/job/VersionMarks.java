package io.secateur.job;

import io.secateur.encoding.EncodingPolicy;
import java.util.Map;

/**
 * What a version is published with beyond what the options of its job say.
 *
 * @param options added to the options in the provenance
 * @param data added to the data in the provenance
 * @param encodings of layers that choose theirs in a way of their own
 */
public record VersionMarks(
    Map<String, Object> options, Map<String, String> data, Map<String, EncodingPolicy> encodings) {
  /** Nothing. */
  static final VersionMarks NONE = new VersionMarks(Map.of(), Map.of(), Map.of());

  /** Copies the maps. */
  public VersionMarks {
    options = Map.copyOf(options);
    data = Map.copyOf(data);
    encodings = Map.copyOf(encodings);
  }
}
