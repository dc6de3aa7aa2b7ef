package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import io.secateur.job.PreflightJob;
import io.secateur.preflight.Finding;
import io.secateur.preflight.Verdict;
import io.secateur.report.JobResult;
import io.secateur.report.PreflightReport;
import io.secateur.report.PreflightView;
import io.secateur.store.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a cluster is able to run a job. */
@Command(
    name = "preflight",
    description = {
      "See whether driver, executors and store are able to run a job, in less than a minute.",
      "Nothing is trained or published."
    })
final class PreflightCommand implements Callable<Integer>, Submittable, JobRunner.Body {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(
      paramLabel = "JOB.yaml",
      arity = "0..1",
      description = "The job (default: one with a small network).")
  private Path file;

  private List<Finding> findings = List.of();

  PreflightCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("preflight", this);
  }

  @Override
  public JobFlags flags() {
    return flags;
  }

  @Override
  public Optional<JobOptions> options() {
    return Optional.ofNullable(file)
        .map(path -> JobFileReader.read(path, flags.sets(), flags.store().overrides()));
  }

  @Override
  public Optional<JobSubject> subject() {
    return Submittable.super.subject();
  }

  @Override
  public List<String> words(String jobFile) {
    return file == null ? List.of("preflight") : List.of("preflight", jobFile);
  }

  @Override
  public void run(JobContext context) {
    Optional<JobOptions> options = options();
    options.ifPresent(
        job ->
            context.result().seed(job.seed()).partitions(job.partitions()).model(job.publishAs()));
    // not the job's store in the runner's sense: nothing of a preflight is kept there
    ModelStore store =
        flags.store().open(options.map(JobOptions::store).orElseGet(flags.store()::root));
    context.result().store(store.root()).master(flags.master());
    findings =
        new PreflightJob(context.environment(store), flags.store().filesystems()).run(options);
    context.result().preflight(findings.stream().map(PreflightReport::of).toList());
  }

  @Override
  public void close(Console to, JobResult result) {
    to.say("");
    PreflightView.lines(findings).forEach(to::answer);
    to.say("");
  }

  @Override
  public void judge(Console to, JobResult result) {
    List<Finding> failed =
        findings.stream().filter(finding -> finding.verdict() == Verdict.FAIL).toList();
    if (!failed.isEmpty()) {
      throw new ClusterException(
          new Problem(
              failed.size()
                  + " of "
                  + findings.size()
                  + " checks failed, the first: "
                  + failed.get(0),
              "none",
              failed.get(0).remedy()));
    }
  }
}
