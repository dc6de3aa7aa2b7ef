package io.secateur.cli;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Chosen by whoever submits a job. */
  @Option(names = "--job-id", hidden = true)
  private String jobId;

  /** The command line of whoever submits a job: the words as {@link #encoded} has them. */
  @Option(names = "--submitted-as", hidden = true, split = "&")
  private List<String> submittedAs = List.of();

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

  /** How much is said, and which stores are allowed, for another process. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (output.verbosity() != Verbosity.NORMAL) {
      words.add(output.verbosity() == Verbosity.QUIET ? "--quiet" : "--verbose");
    }
    if (store.allowsUnproven()) {
      words.add("--unproven-filesystem");
    }
    return words;
  }

  /** The id of a new job, if it was chosen already. */
  Optional<String> jobId() {
    return Optional.ofNullable(jobId);
  }

  /** Words as one, which does not look like an option. */
  static String encoded(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The words of the command line after {@code secateur}: the user's own, also when submitted. */
  List<String> commandLine() {
    return submittedAs.isEmpty()
        ? command.root().commandLine().getParseResult().originalArgs()
        : submittedAs.stream()
            .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
            .toList();
  }
}
