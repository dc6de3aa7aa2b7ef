package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.TradeoffJob;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.report.TradeoffChart;
import io.secateur.report.TradeoffTable;
import io.secateur.report.TradeoffView;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** What weights cost in error, pruned in several ways. */
@Command(
    name = "tradeoff",
    description = "Draw the error of a network against its weights, pruned in several ways.")
final class TradeoffCommand extends JobFileCommand {
  private Path out;

  TradeoffCommand(Console console) {
    super(console);
  }

  @Override
  public void run(JobContext context) {
    out = context.out();
    JobOptions options = requireOptions();
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
