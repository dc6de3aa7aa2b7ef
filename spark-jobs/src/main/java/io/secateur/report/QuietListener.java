package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.io.PrintStream;

/** Tells nothing but warnings. */
public final class QuietListener implements ConsoleListener {
  private final PrintStream err;

  /** Warnings go to {@code err}. */
  public QuietListener(PrintStream err) {
    this.err = err;
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
    err.println(PlainListener.warningLine(line));
  }

  @Override
  public void published(ModelVersion version) {}

  @Override
  public void close() {}
}
