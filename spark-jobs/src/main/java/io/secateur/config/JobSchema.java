package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.secateur.error.UsageException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Checks a job file against the JSON Schema that ships, and says what is wrong in a user's words.
 */
final class JobSchema {
  private final SchemaWords words;
  private final JsonSchema schema;
  private final String help;

  /** The schema of job files. */
  JobSchema() {
    this("schema/job.schema.json", "conf/reference.yaml explains every key");
  }

  /**
   * A schema that ships.
   *
   * @param name below conf/
   * @param help where its keys are explained
   */
  JobSchema(String name, String help) {
    this.help = help;
    try {
      JsonNode text = new ObjectMapper().readTree(ShippedConf.bytes(name));
      words = new SchemaWords(text);
      schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(
                  text, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
    } catch (IOException e) {
      throw new IllegalStateException("found a schema that is not JSON", e);
    }
  }

  /** Throws the problem that stands first in the file, if there is any. */
  void check(JobDocument document) {
    Optional<ValidationMessage> first =
        schema.validate(document.root()).stream()
            .min(
                Comparator.<ValidationMessage>comparingInt(m -> document.order(place(m)))
                    .thenComparing(JobSchema::place)
                    .thenComparing(ValidationMessage::getType));
    if (first.isPresent()) {
      throw problem(first.get(), document);
    }
  }

  /** The value in question; for a key that is not allowed or missing, that key. */
  private static String place(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    return message.getProperty() == null
        ? pointer
        : pointer + "/" + message.getProperty().replace("~", "~0").replace("/", "~1");
  }

  private UsageException problem(ValidationMessage message, JobDocument document) {
    String pointer = message.getInstanceLocation().toString();
    String fragment = message.getSchemaLocation().getFragment().toString();
    String holder = fragment.substring(0, fragment.lastIndexOf('/'));
    JsonNode part = words.at(holder);
    String section = pointer.isEmpty() ? "" : " in " + JobDocument.dotted(pointer);
    if ("additionalProperties".equals(message.getType())) {
      List<String> keys = words.keys(part);
      return new UsageException(
          "key '%s'%s (%s)"
              .formatted(message.getProperty(), section, document.where(place(message))),
          "one of " + String.join(", ", keys),
          Suggestions.didYouMean(message.getProperty(), keys).orElse(help));
    }
    if ("required".equals(message.getType())) {
      JsonNode missing = part.path("properties").path(message.getProperty());
      return new UsageException(
          "no key '%s'%s (%s)".formatted(message.getProperty(), section, document.where(pointer)),
          missing.isObject()
              ? "%s: %s".formatted(message.getProperty(), words.allowed(missing))
              : message.getProperty(),
          "add it; " + help);
    }
    if (holder.endsWith("/then")) {
      part = words.at(holder.substring(0, holder.length() - "/then".length()));
    }
    JsonNode value = document.at(pointer);
    String allowed =
        "pattern".equals(message.getType()) || "minLength".equals(message.getType())
            ? part.path("description").asText("a name")
            : words.allowed(part);
    List<String> names = List.of(allowed.replace("one of ", "").split(", "));
    return new UsageException(
        "%s for %s (%s)"
            .formatted(shown(value), JobDocument.dotted(pointer), document.where(pointer)),
        allowed,
        part.has("enum") && value.isTextual()
            ? Suggestions.didYouMean(value.textValue(), names).orElse("correct it")
            : "correct it");
  }

  private static String shown(JsonNode value) {
    if (value.isTextual()) {
      return "'%s'".formatted(value.textValue());
    }
    if (value.isNull()) {
      return "no value";
    }
    return value.isObject() ? "a mapping" : value.isArray() ? "a list" : value.asText();
  }
}
