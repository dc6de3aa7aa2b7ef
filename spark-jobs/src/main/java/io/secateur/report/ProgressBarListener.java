package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells a job with one progress bar per stage: for a terminal with somebody before it. */
public final class ProgressBarListener implements ConsoleListener {
  private static final int REFRESH_MILLIS = 250;

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private ProgressBar bar;
  private BarLine line;

  /**
   * Creates a listener.
   *
   * @param out the terminal
   * @param err warnings
   * @param columns the terminal's width; the bar stays within it
   */
  public ProgressBarListener(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void stageStarted(String stage, int epochs) {
    closeBar();
    line = new BarLine(out, columns);
    bar =
        new ProgressBarBuilder()
            .setTaskName(stage)
            .setInitialMax(epochs)
            .setUnit(" epochs", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setMaxRenderedLength(columns)
            .setConsumer(line)
            .build();
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    if (bar == null) {
      return;
    }
    bar.setExtraMessage(
        " error "
            + Figures.percent(epoch.validationErrorPercent())
            + ", sparsity "
            + Figures.share(epoch.sparsity())
            + ", "
            + Figures.time(epoch.timeLeft())
            + " left, "
            + Figures.rate(epoch.examplesPerSecond())
            + "/s"
            + epoch.shares().map(ProgressBarListener::compute).orElse(""));
    bar.stepTo(epoch.epoch());
  }

  private static String compute(TimeShares shares) {
    return " (compute " + Figures.roundShare(shares.compute()) + ")";
  }

  /** The bar shows the sparsity; a line for each cut would scroll it away. */
  @Override
  public void pruned(StepReport step) {}

  @Override
  public void note(String line) {
    above(out, line);
  }

  @Override
  public void warning(String line) {
    above(err, PlainListener.warningLine(line));
  }

  @Override
  public void published(ModelVersion version) {
    closeBar();
    out.println("published " + version);
  }

  @Override
  public void close() {
    closeBar();
  }

  /** Clears the bar's line first; the bar draws itself again below. */
  private void above(PrintStream stream, String line) {
    if (bar != null) {
      out.print("\r" + " ".repeat(Math.max(0, columns - 1)) + "\r");
      out.flush();
    }
    stream.println(line);
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      line.close();
      bar = null;
    }
  }
}
