package io.secateur.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every job. */
final class JobFlags {
  /** What {@code --resume} without an id asks for. */
  static final String NEWEST = "";

  @Mixin private OutputFlags output;
  @Mixin private StoreFlags store;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description = "Spark's master (default: ${DEFAULT-VALUE}).")
  private String master;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where result.json and the log go (default: ./secateur-out/<job-id>).")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the job file, such as --set train.epochs=5; may be repeated.")
  private List<String> sets = List.of();

  @Option(
      names = "--resume",
      paramLabel = "JOB-ID",
      arity = "0..1",
      fallbackValue = NEWEST,
      preprocessor = ResumeArgument.class,
      description =
          "Go on with a job that did not end: this one, or the newest of this model in the store.")
  private String resume;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  Verbosity verbosity() {
    return output.verbosity();
  }

  StoreFlags store() {
    return store;
  }

  String master() {
    return master;
  }

  List<String> sets() {
    return sets;
  }

  /** The out folder of a new job. */
  Path out(String jobId) {
    return out().orElseGet(() -> Path.of("secateur-out", jobId));
  }

  /** The out folder, if it was named. */
  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /** The job to go on with, {@link #NEWEST} for the newest; empty for a new job. */
  Optional<String> resume() {
    return Optional.ofNullable(resume);
  }

  /** The words of the command line after {@code secateur}. */
  List<String> commandLine() {
    return command.root().commandLine().getParseResult().originalArgs();
  }
}
