package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a part of a JSON Schema allows, in words. */
final class SchemaWords {
  private final JsonNode schema;

  SchemaWords(JsonNode schema) {
    this.schema = schema;
  }

  /** The part at this pointer, with what it refers to taken in. */
  JsonNode at(String pointer) {
    return resolved(schema.at(pointer));
  }

  /** A part with what it refers to taken in; its own keywords win. */
  JsonNode resolved(JsonNode part) {
    if (!part.has("$ref")) {
      return part;
    }
    ObjectNode merged = resolved(schema.at(part.get("$ref").textValue().substring(1))).deepCopy();
    part.fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
    return merged;
  }

  /** What a value must be. */
  String allowed(JsonNode part) {
    JsonNode own = resolved(part);
    if (own.has("enum")) {
      List<String> values = new ArrayList<>();
      own.get("enum").forEach(value -> values.add(value.asText()));
      return values.size() == 1 ? values.get(0) : "one of " + String.join(", ", values);
    }
    List<String> types = new ArrayList<>();
    if (own.path("type").isArray()) {
      own.get("type").forEach(type -> types.add(type.textValue()));
    } else {
      types.add(own.path("type").asText("number"));
    }
    List<String> ways = new ArrayList<>();
    for (String type : types) {
      ways.add(ofType(own, type));
    }
    return String.join(", or ", ways);
  }

  private String ofType(JsonNode part, String type) {
    return switch (type) {
      case "integer" -> "a whole number" + bounds(part);
      case "number" -> "a number" + bounds(part);
      case "string" ->
          part.has("then") ? allowed(part.get("then")) : part.path("description").asText("a name");
      case "array" ->
          part.has("description")
              ? part.get("description").textValue()
              : "a list, each item " + allowed(part.get("items"));
      default -> mapping(part);
    };
  }

  private String mapping(JsonNode part) {
    if (part.path("additionalProperties").isObject()) {
      return "a mapping with default and layer names";
    }
    if (part.has("description")) {
      return part.get("description").textValue();
    }
    return "a mapping with " + String.join(", ", keys(part));
  }

  /** The keys of a mapping, in the order of the schema. */
  List<String> keys(JsonNode part) {
    List<String> keys = new ArrayList<>();
    part.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static String bounds(JsonNode part) {
    String from =
        part.has("minimum")
            ? " from " + part.get("minimum").asText()
            : part.has("exclusiveMinimum") ? " above " + part.get("exclusiveMinimum").asText() : "";
    String to =
        part.has("maximum")
            ? " to " + part.get("maximum").asText()
            : part.has("exclusiveMaximum")
                ? " to below " + part.get("exclusiveMaximum").asText()
                : "";
    return from + (part.has("exclusiveMinimum") ? to.replace(" to ", ", up to ") : to);
  }
}
