package io.secateur.cli;

import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.JobEnvironment;
import io.secateur.job.MortalStore;
import io.secateur.job.PruneJob;
import io.secateur.report.EpochReport;
import io.secateur.report.JobListener;
import io.secateur.report.ListenerPair;
import io.secateur.report.StepReport;
import io.secateur.store.ModelVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code secateur prune} as a process that stands still at a moment of its life and says so, to be
 * killed there. Its arguments: the moment, then the command line.
 */
@Command(name = "prune")
public final class MortalDriver implements Callable<Integer> {
  /** What it prints at the moment. */
  static final String READY_TO_DIE = "ready to die";

  private final String moment;
  private final Console console = Console.ofProcess();

  @Mixin private JobFlags flags;
  @Parameters private Path file;

  private MortalDriver(String moment) {
    this.moment = moment;
  }

  /** Runs until the moment. */
  public static void main(String[] args) {
    new CommandLine(new MortalDriver(args[0])).execute(Arrays.copyOfRange(args, 1, args.length));
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("prune", new Body());
  }

  private final class Body implements JobRunner.Body {
    @Override
    public Optional<JobSubject> subject() {
      return Optional.of(JobSubject.of(options()));
    }

    private JobOptions options() {
      return JobFileReader.read(file, flags.sets(), flags.store().overrides());
    }

    @Override
    public void run(JobContext context) {
      JobOptions options = options();
      JobEnvironment real = context.environment(options);
      new PruneJob(
              options,
              new JobEnvironment(
                  real.jobId(),
                  real.master(),
                  MortalStore.of(real.store(), moment, MortalDriver::standStill),
                  new ListenerPair(real.listener(), new Death()),
                  real.result(),
                  real.gate(),
                  real.history()))
          .run();
    }
  }

  /** Moments that the listener is told of: "cut 1", "train epoch 1". */
  private final class Death implements JobListener {
    private void dieAt(String now) {
      if (now.equals(moment)) {
        standStill();
      }
    }

    @Override
    public void stageStarted(String stage, int epochs) {}

    @Override
    public void epochFinished(EpochReport epoch) {
      dieAt(String.format(Locale.ROOT, "%s epoch %d", epoch.stage(), epoch.epoch()));
    }

    @Override
    public void pruned(StepReport step) {
      dieAt("cut " + step.step());
    }

    @Override
    public void note(String line) {}

    @Override
    public void warning(String line) {}

    @Override
    public void published(ModelVersion version) {}
  }

  private static void standStill() {
    System.out.println(READY_TO_DIE);
    System.out.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
