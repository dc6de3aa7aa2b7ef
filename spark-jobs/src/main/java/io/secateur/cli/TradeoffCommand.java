package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.TradeoffJob;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.report.TradeoffChart;
import io.secateur.report.TradeoffTable;
import io.secateur.report.TradeoffView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What weights cost in error, pruned in several ways. */
@Command(
    name = "tradeoff",
    description = "Draw the error of a network against its weights, pruned in several ways.")
final class TradeoffCommand implements Callable<Integer>, Submittable {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  TradeoffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("tradeoff", new Tradeoff());
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
    return List.of("tradeoff", jobFile);
  }

  private final class Tradeoff implements JobRunner.Body {
    private Path out;

    @Override
    public Optional<JobOptions> options() {
      return TradeoffCommand.this.options();
    }

    @Override
    public void run(JobContext context) {
      out = context.out();
      JobOptions options = options().orElseThrow();
      new TradeoffJob(
              options,
              context.environment(options),
              csv -> ResultFile.write(out, TradeoffTable.FILE, csv))
          .run();
    }

    @Override
    public void close(Console ended, JobResult result) {
      ended.say("");
      TradeoffView.lines(result.tradeoff()).forEach(ended::answer);
      ended.say("");
      ended.say("points: " + out.resolve(TradeoffTable.FILE));
      TradeoffChart.write(out, result.model(), result.tradeoff())
          .forEach(chart -> ended.say("chart: " + chart));
    }
  }
}
