package io.secateur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The group of commands about stored models. */
@Command(
    name = "models",
    description = "Look into the model store, and keep it in order.",
    synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {
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
