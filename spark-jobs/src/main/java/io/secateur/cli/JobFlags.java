package io.secateur.cli;

import io.secateur.error.UsageException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every job. */
final class JobFlags {
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

  /** Understood, so that it is refused with a reason instead of as an unknown option. */
  @Option(names = "--resume", arity = "0..1", fallbackValue = "newest", hidden = true)
  private String resume;

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

  Path out(String jobId) {
    return out == null ? Path.of("secateur-out", jobId) : out;
  }

  /**
   * Refuses what this version can't do.
   *
   * @throws UsageException when it was asked to
   */
  void requireSupported() {
    if (resume != null) {
      throw new UsageException(
          "--resume", "a job that runs from its start", "leave it out: this version can't resume");
    }
  }
}
