package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.PruneJob;
import picocli.CommandLine.Command;

/** The main job. */
@Command(
    name = "prune",
    description = "Train or load a network, prune it, retrain what is left, publish it.")
final class PruneCommand extends JobFileCommand {
  PruneCommand(Console console) {
    super(console);
  }

  @Override
  public void run(JobContext context) {
    JobOptions options = requireOptions();
    options.requirePrune();
    new PruneJob(options, context.environment(options)).run();
  }
}
