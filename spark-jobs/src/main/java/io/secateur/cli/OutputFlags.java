package io.secateur.cli;

import picocli.CommandLine.Option;

/** Options of every command. */
final class OutputFlags {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(names = "--quiet", description = "Print the outcome only.")
  private boolean quiet;

  @Option(names = "--verbose", description = "Show stack traces of errors.")
  private boolean verbose;

  Verbosity verbosity() {
    if (verbose) {
      return Verbosity.VERBOSE;
    }
    return quiet ? Verbosity.QUIET : Verbosity.NORMAL;
  }
}
