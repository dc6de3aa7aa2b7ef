package io.secateur.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that look into the store. */
final class ModelFlags {
  @Mixin private OutputFlags output;
  @Mixin private StoreFlags store;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  Verbosity verbosity() {
    return output.verbosity();
  }

  StoreFlags store() {
    return store;
  }

  boolean json() {
    return json;
  }

  /** Indented JSON of a view. */
  static String toJson(Object view) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
