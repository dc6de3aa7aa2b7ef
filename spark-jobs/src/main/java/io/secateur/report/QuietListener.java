package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Tells nothing but warnings. */
public final class QuietListener implements ConsoleListener {
  private final Consumer<String> warnings;

  /** Warnings go to {@code err}. */
  public QuietListener(PrintStream err) {
    this.warnings = line -> err.println(PlainListener.warningLine(line));
  }

  /** The listener of a part of a job, whose epochs and cuts are not those of the job. */
  public QuietListener(JobListener job) {
    this.warnings = job::warning;
  }

  @Override
  public void stageStarted(String stage, int epochs) {}

  @Override
  public void epochFinished(EpochReport epoch) {}

  @Override
  public void pruned(StepReport step) {}

  @Override
  public void note(String line) {}

  @Override
  public void warning(String line) {
    warnings.accept(line);
  }

  @Override
  public void published(ModelVersion version) {}

  @Override
  public void close() {}
}
