package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a job in plain lines, one per epoch: for files, pipes and machines. */
public final class PlainListener implements ConsoleListener {
  /** With more cuts than this, several come in one epoch, and the epoch's line tells them. */
  private static final int MOST_CUTS_TOLD = 20;

  private final PrintStream out;
  private final PrintStream err;

  /**
   * Creates a listener.
   *
   * @param out progress and notes
   * @param err warnings
   */
  public PlainListener(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void stageStarted(String stage, int epochs) {
    out.println(stage + ": " + epochs + (epochs == 1 ? " epoch" : " epochs"));
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-5s epoch %2d/%d  %s examples/s%s  validation error %s  sparsity %s  loss %.4f  %s left",
            epoch.stage(),
            epoch.epoch(),
            epoch.epochs(),
            Figures.rate(epoch.examplesPerSecond()),
            epoch.shares().map(PlainListener::split).orElse(""),
            Figures.percent(epoch.validationErrorPercent()),
            Figures.share(epoch.sparsity()),
            epoch.loss(),
            Figures.time(epoch.timeLeft())));
  }

  @Override
  public void pruned(StepReport step) {
    if (step.steps() <= MOST_CUTS_TOLD) {
      out.println(cut(step));
    }
  }

  @Override
  public void note(String line) {
    out.println(line);
  }

  @Override
  public void warning(String line) {
    err.println(warningLine(line));
  }

  @Override
  public void published(ModelVersion version) {
    out.println("published " + version);
  }

  @Override
  public void close() {
    out.flush();
  }

  private static String split(TimeShares shares) {
    return " (compute "
        + Figures.roundShare(shares.compute())
        + ", wire "
        + Figures.roundShare(shares.wire())
        + ", wait "
        + Figures.roundShare(shares.waiting())
        + ")";
  }

  static String cut(StepReport step) {
    return "cut "
        + step.step()
        + "/"
        + step.steps()
        + ": "
        + Figures.count(step.surviving())
        + " of "
        + Figures.count(step.weights())
        + " weights left, sparsity "
        + Figures.share(step.sparsity());
  }

  static String warningLine(String line) {
    return "secateur: warning: " + line;
  }
}
