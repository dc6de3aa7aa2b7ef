package io.secateur.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.secateur.report.Captured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** Runs commands as the process does, but for its streams and its end. */
final class Session {
  private final Captured out = new Captured();
  private final Captured err = new Captured();

  int run(String... args) {
    return Commands.run(console(), args);
  }

  Console console() {
    return Console.of(out.stream(), err.stream());
  }

  Captured out() {
    return out;
  }

  Captured err() {
    return err;
  }

  /** result.json, which must fit its schema. */
  static JsonNode result(Path folder) {
    try (InputStream schema =
        Session.class.getResourceAsStream("/io/secateur/conf/schema/result.schema.json")) {
      JsonNode result = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
      Set<ValidationMessage> violations =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(schema)
              .validate(result);
      if (!violations.isEmpty()) {
        throw new AssertionError(violations);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
