package io.secateur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The group of commands about a store's jobs. */
@Command(
    name = "jobs",
    description = "Look at the jobs of a store, and end them.",
    synopsisSubcommandLabel = "COMMAND")
final class JobsCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Commands.missingCommand(spec);
  }
}
