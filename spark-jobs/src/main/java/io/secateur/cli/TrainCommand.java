package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.TrainJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Dense training, published. */
@Command(name = "train", description = "Train a network and publish it, without pruning.")
final class TrainCommand implements Callable<Integer>, Submittable {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("train", new Train());
  }

  @Override
  public JobFlags flags() {
    return flags;
  }

  @Override
  public Optional<JobOptions> options() {
    return Optional.of(JobFileReader.read(file, flags.sets(), flags.store().overrides()));
  }

  @Override
  public List<String> words(String jobFile) {
    return List.of("train", jobFile);
  }

  private final class Train implements JobRunner.Body {
    @Override
    public Optional<JobOptions> options() {
      return TrainCommand.this.options();
    }

    @Override
    public void run(JobContext context) {
      JobOptions options = options().orElseThrow();
      new TrainJob(options, context.environment(options)).run();
    }
  }
}
