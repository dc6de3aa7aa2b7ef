package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.error.UsageException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keys and values that a Secateur job file can have elsewhere, but whose feature is not in this
 * version: refused by name, so that nobody looks for a spelling mistake.
 */
final class UnsupportedFeatures {
  private record Feature(String pointer, Predicate<JsonNode> asked, String name, String expected) {}

  private static final List<Feature> FEATURES =
      List.of(
          new Feature(
              "/retrain/freeze",
              value -> !"none".equals(value.textValue()),
              "freezing of layers",
              "freeze: none"));

  private UnsupportedFeatures() {}

  static void refuse(JobDocument document) {
    for (Feature feature : FEATURES) {
      JsonNode value = document.at(feature.pointer());
      if (!value.isMissingNode() && feature.asked().test(value)) {
        String key = JobDocument.dotted(feature.pointer());
        throw new UsageException(
            "%s %s (%s)".formatted(key, shown(value), document.where(feature.pointer())),
            feature.expected(),
            "this version of Secateur does not have %s".formatted(feature.name()));
      }
    }
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "'%s'".formatted(value.textValue()) : value.toString();
  }
}
