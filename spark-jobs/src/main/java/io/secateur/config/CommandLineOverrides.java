package io.secateur.config;

import java.net.URI;
import java.util.Optional;

/**
 * What the command line says about things that a job file can say too; the command line wins.
 *
 * @param store {@code --store}
 */
public record CommandLineOverrides(Optional<URI> store) {
  /** The job file decides. */
  public static CommandLineOverrides none() {
    return new CommandLineOverrides(Optional.empty());
  }

  /**
   * {@code --store}.
   *
   * @param location a URI, or a path below the working directory
   * @throws io.secateur.error.UsageException when it is neither
   */
  public static CommandLineOverrides store(String location) {
    return new CommandLineOverrides(Optional.of(Locations.uri(location, "--store")));
  }
}
