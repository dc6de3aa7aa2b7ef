package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.TrainJob;
import picocli.CommandLine.Command;

/** Dense training, published. */
@Command(name = "train", description = "Train a network and publish it, without pruning.")
final class TrainCommand extends JobFileCommand {
  TrainCommand(Console console) {
    super(console);
  }

  @Override
  public void run(JobContext context) {
    JobOptions options = requireOptions();
    new TrainJob(options, context.environment(options)).run();
  }
}
