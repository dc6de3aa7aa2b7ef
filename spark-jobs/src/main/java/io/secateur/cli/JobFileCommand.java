package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that runs what a job file describes, here or on a cluster. */
abstract class JobFileCommand implements Callable<Integer>, Submittable, JobRunner.Body {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  @Spec private CommandSpec command;

  JobFileCommand(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() {
    return new JobRunner(console, flags).run(command.name(), this);
  }

  @Override
  public final JobFlags flags() {
    return flags;
  }

  @Override
  public final Optional<JobOptions> options() {
    return Optional.of(requireOptions());
  }

  /**
   * Reads the job file.
   *
   * @throws io.secateur.error.UsageException when anything in it is wrong
   */
  final JobOptions requireOptions() {
    return JobFileReader.read(file, flags.sets(), flags.store().overrides());
  }

  @Override
  public final Optional<JobSubject> subject() {
    return Submittable.super.subject();
  }

  @Override
  public final List<String> words(String jobFile) {
    return List.of(command.name(), jobFile);
  }
}
