package io.secateur.cli;

import io.secateur.config.CommandLineOverrides;
import io.secateur.config.Locations;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which store, for every command that touches one. */
final class StoreFlags {
  private static final String DEFAULT = "secateur-store";

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "The model store, a path or URI (default: the job file's, else ./" + DEFAULT + ").")
  private String store;

  @Option(
      names = "--unproven-filesystem",
      description =
          "Allow a store elsewhere than on file: or hdfs:, where publishing is not proven safe.")
  private boolean unproven;

  /** For commands with a job file: the command line beats it. */
  CommandLineOverrides overrides() {
    return store == null ? CommandLineOverrides.none() : CommandLineOverrides.store(store);
  }

  /** Whether a store on another filesystem is allowed. */
  boolean allowsUnproven() {
    return unproven;
  }

  /** For commands without a job file. */
  URI root() {
    return Locations.uri(store == null ? DEFAULT : store, "--store");
  }

  /**
   * Opens a store.
   *
   * @throws io.secateur.error.UsageException when its filesystem is not proven
   */
  ModelStore open(URI root) {
    return ModelStores.open(root, filesystems());
  }

  /** Which filesystems a store may lie on. */
  Filesystems filesystems() {
    return unproven ? Filesystems.UNPROVEN_ALLOWED : Filesystems.PROVEN_ONLY;
  }

  /** The option that names this store to another command; empty when that finds it by itself. */
  static String option(URI root) {
    return root.equals(Locations.uri(DEFAULT, "--store"))
        ? ""
        : " --store " + shellWord(root.toString());
  }

  /** A word as a shell takes it, quoted where need be. */
  static String shellWord(String text) {
    return text.matches("[A-Za-z0-9_.,:/@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
