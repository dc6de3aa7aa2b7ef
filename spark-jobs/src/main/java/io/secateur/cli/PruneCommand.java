package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.PruneJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The main job. */
@Command(
    name = "prune",
    description = "Train or load a network, prune it, retrain what is left, publish it.")
final class PruneCommand implements Callable<Integer>, Submittable {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  PruneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("prune", new Prune());
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
    return List.of("prune", jobFile);
  }

  private final class Prune implements JobRunner.Body {
    @Override
    public Optional<JobOptions> options() {
      return PruneCommand.this.options();
    }

    @Override
    public void run(JobContext context) {
      JobOptions options = options().orElseThrow();
      options.requirePrune();
      new PruneJob(options, context.environment(options)).run();
    }
  }
}
