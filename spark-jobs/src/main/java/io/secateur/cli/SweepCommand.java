package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.SweepJob;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.report.SensitivityChart;
import io.secateur.report.SensitivityView;
import io.secateur.sensitivity.SensitivityTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How much it hurts to prune each layer. */
@Command(
    name = "sweep",
    description = "Measure the sensitivity of each layer of a network, in parallel.")
final class SweepCommand implements Callable<Integer>, Submittable {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  SweepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("sweep", new Sweep());
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
    return List.of("sweep", jobFile);
  }

  private final class Sweep implements JobRunner.Body {
    private Path out;

    @Override
    public Optional<JobOptions> options() {
      return SweepCommand.this.options();
    }

    @Override
    public void run(JobContext context) {
      out = context.out();
      JobOptions options = options().orElseThrow();
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
}
