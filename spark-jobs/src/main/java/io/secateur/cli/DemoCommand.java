package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.data.MnistDownload;
import io.secateur.job.PruneJob;
import io.secateur.report.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on a job file that ships, with bounds for its figures. */
@Command(
    name = "demo",
    description = "Train LeNet-300-100 on MNIST, prune it 12x, and check the figures.")
final class DemoCommand implements Callable<Integer> {
  /** What makes it short; a --set of the user's comes after these and wins. */
  private static final List<String> QUICK_SETS =
      List.of("data.examples=12000", "train.epochs=6", "prune.schedule.hold-epochs=4");

  private final Console console;

  @Mixin private JobFlags flags;

  @Option(names = "--quick", description = "All stages on 12,000 images and fewer epochs.")
  private boolean quick;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("demo", new Demo());
  }

  private final class Demo implements JobRunner.Body {
    private final DemoBounds bounds = quick ? DemoBounds.QUICK : DemoBounds.FULL;

    @Override
    public Optional<JobSubject> subject() {
      return Optional.of(JobSubject.of(options()));
    }

    private JobOptions options() {
      List<String> sets = new ArrayList<>(quick ? QUICK_SETS : List.of());
      sets.addAll(flags.sets());
      return JobFileReader.readShipped("demo.yaml", sets, flags.store().overrides());
    }

    @Override
    public void run(JobContext context) {
      JobOptions options = options();
      console.say(bounds.describe());
      try (FetchBar bar = new FetchBar(console)) {
        new MnistDownload(MnistDownload.defaultFolder(), bar).fetch();
      }
      new PruneJob(options, context.environment(options)).run();
    }

    @Override
    public void judge(Console to, JobResult result) {
      bounds.require(result);
      to.answer("the bounds are met");
    }
  }
}
