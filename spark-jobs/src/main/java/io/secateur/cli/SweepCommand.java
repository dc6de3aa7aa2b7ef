package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.SweepJob;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.report.SensitivityChart;
import io.secateur.report.SensitivityView;
import io.secateur.sensitivity.SensitivityTable;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** How much it hurts to prune each layer. */
@Command(
    name = "sweep",
    description = "Measure the sensitivity of each layer of a network, in parallel.")
final class SweepCommand extends JobFileCommand {
  private Path out;

  SweepCommand(Console console) {
    super(console);
  }

  @Override
  public void run(JobContext context) {
    out = context.out();
    JobOptions options = requireOptions();
    new SweepJob(
            options,
            context.environment(options),
            csv -> ResultFile.write(out, SensitivityTable.FILE, csv))
        .run();
  }

  @Override
  public void close(Console ended, JobResult result) {
    ended.say("");
    SensitivityView.lines(result.sweep()).forEach(ended::answer);
    ended.say("");
    ended.say("cells: " + out.resolve(SensitivityTable.FILE));
    SensitivityChart.write(out, result.model(), result.sweep())
        .forEach(chart -> ended.say("chart: " + chart));
  }
}
