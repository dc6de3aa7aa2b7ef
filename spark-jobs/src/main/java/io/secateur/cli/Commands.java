package io.secateur.cli;

import io.secateur.error.UsageException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands under {@code secateur}. */
@Command(
    name = "secateur",
    description = "Prunes neural networks on Apache Spark.",
    versionProvider = SoftwareVersion.class,
    synopsisSubcommandLabel = "COMMAND")
final class Commands implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  @Spec private CommandSpec spec;

  private Commands() {}

  /**
   * Runs one command.
   *
   * @return its exit code, see {@link ExitCodes}
   */
  static int run(Console console, String... args) {
    return commandLine(console).execute(args);
  }

  /**
   * The command of these words, read and checked but not run.
   *
   * @throws UsageException when they are wrong, or it is no command for a cluster
   */
  static Submittable submittable(Console console, List<String> words) {
    try {
      ParseResult parsed = commandLine(console).parseArgs(words.toArray(String[]::new));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      if (parsed.commandSpec().userObject() instanceof Submittable command) {
        return command;
      }
    } catch (ParameterException e) {
      throw wrong(e);
    }
    throw new UsageException(
        "submit " + String.join(" ", words),
        "a job for a cluster: " + String.join(", ", submittableNames(console)),
        "run the others without submit");
  }

  private static List<String> submittableNames(Console console) {
    return commandLine(console).getSubcommands().entrySet().stream()
        .filter(entry -> entry.getValue().getCommand() instanceof Submittable)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static CommandLine commandLine(Console console) {
    CommandLine data = new CommandLine(new DataCommand()).addSubcommand(new FetchCommand(console));
    CommandLine models =
        new CommandLine(new ModelsCommand())
            .addSubcommand(new ListModelsCommand(console))
            .addSubcommand(new ShowModelCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new TagCommand(console))
            .addSubcommand(new ExpireCommand(console))
            .addSubcommand(new CollectCommand(console))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new ImportCommand(console));
    CommandLine jobs =
        new CommandLine(new JobsCommand())
            .addSubcommand(new ListJobsCommand(console))
            .addSubcommand(new ShowJobCommand(console))
            .addSubcommand(new CancelJobCommand(console));
    CommandLine all =
        new CommandLine(new Commands())
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(data)
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(new PruneCommand(console))
            .addSubcommand(new SweepCommand(console))
            .addSubcommand(new TradeoffCommand(console))
            .addSubcommand(new CompressCommand(console))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new PreflightCommand(console))
            .addSubcommand(models)
            .addSubcommand(jobs)
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new SubmitCommand(console));
    abbreviate(all);
    return all.setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(console.writer(console.out()))
        .setErr(console.writer(console.err()))
        .setParameterExceptionHandler(usage(console))
        .setExecutionExceptionHandler((failure, command, parsed) -> console.failed(failure));
  }

  /**
   * "[OPTIONS]" in the synopsis: the list of them follows anyway, and errors quote the synopsis.
   */
  private static void abbreviate(CommandLine command) {
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(Commands::abbreviate);
  }

  /** A group of commands was called without one of them. */
  @Override
  public void run() {
    throw missingCommand(spec);
  }

  static ParameterException missingCommand(CommandSpec group) {
    return new ParameterException(
        group.commandLine(),
        "no command after "
            + group.qualifiedName()
            + " ("
            + String.join(", ", group.subcommands().keySet())
            + ")");
  }

  private static IParameterExceptionHandler usage(Console console) {
    return (wrong, args) -> console.failed(wrong(wrong));
  }

  private static UsageException wrong(ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String remedy = "see " + command.qualifiedName() + " --help";
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        remedy = "did you mean " + String.join(" or ", suggestions) + "? " + remedy;
      }
    }
    return new UsageException(lowerFirst(wrong.getMessage()), synopsis(command), remedy);
  }

  private static String synopsis(CommandSpec command) {
    return command.commandLine().getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
