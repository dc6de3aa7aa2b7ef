package io.secateur.cli;

import io.secateur.config.DataLocation;
import io.secateur.config.DataOptions;
import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.error.UsageException;
import io.secateur.job.EvaluateJob;
import io.secateur.report.Figures;
import io.secateur.report.JobResult;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.train.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The test error of a stored version. */
@Command(name = "evaluate", description = "Measure the test error of a stored model.")
final class EvaluateCommand implements Callable<Integer>, Submittable {
  private static final String MNIST = "mnist";

  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(
      paramLabel = "MODEL",
      description = "name (its highest version), name@version or name@tag.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "mnist|JOB.yaml",
      description = "The data (default: what the version was trained on).")
  private String data;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("evaluate", new Body());
  }

  private final class Body implements JobRunner.Body {
    private Evaluation evaluation;

    @Override
    public void run(JobContext context) {
      ModelReference reference = ModelReference.parse(model);
      context.result().model(reference.model());
      Optional<DataOptions> options = dataOptions();
      var store = context.open(flags.store().root());
      evaluation = new EvaluateJob(reference, options, context.environment(store)).run();
    }

    @Override
    public void close(Console to, JobResult result) {
      to.answer(
          result.model()
              + "@"
              + result.version()
              + ": test error "
              + Figures.percent(100.0 * evaluation.errors() / evaluation.examples())
              + " ("
              + Figures.count(evaluation.errors())
              + " of "
              + Figures.count(evaluation.examples())
              + ")");
    }
  }

  @Override
  public JobFlags flags() {
    return flags;
  }

  @Override
  public Optional<JobOptions> options() {
    return data == null || data.equals(MNIST)
        ? Optional.empty()
        : Optional.of(JobFileReader.read(Path.of(data), flags.sets(), flags.store().overrides()));
  }

  @Override
  public boolean readsMnist(ModelStore store) {
    return options()
        .map(job -> job.data().location() instanceof DataLocation.Mnist)
        .orElseGet(
            () ->
                data != null
                    || MNIST.equals(
                        store
                            .manifest(store.resolve(ModelReference.parse(model)))
                            .provenance()
                            .data()
                            .get("source")));
  }

  @Override
  public Optional<JobSubject> subject() {
    return Submittable.super.subject();
  }

  @Override
  public List<String> words(String jobFile) {
    if (data == null) {
      return List.of("evaluate", model);
    }
    return List.of("evaluate", model, "--data", data.equals(MNIST) ? MNIST : jobFile);
  }

  private Optional<DataOptions> dataOptions() {
    Optional<JobOptions> job = options();
    if (job.isPresent()) {
      return Optional.of(job.get().data());
    }
    if (!flags.sets().isEmpty()) {
      throw new UsageException(
          "--set without a job file", "--data JOB.yaml beside it", "leave --set out or add --data");
    }
    return data == null
        ? Optional.empty()
        : Optional.of(new DataOptions(new DataLocation.Mnist(), 1, OptionalInt.empty(), 0));
  }
}
