package io.secateur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The group of commands about data. */
@Command(name = "data", description = "Fetch data sets.", synopsisSubcommandLabel = "COMMAND")
final class DataCommand implements Runnable {
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
