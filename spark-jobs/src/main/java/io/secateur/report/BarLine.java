package io.secateur.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * The terminal line of a progress bar, ended exactly once. A bar that is closed before its refresh
 * thread has drawn it for the first time does not end its line by itself, and what is printed next
 * would stand behind it: whoever closes a bar closes its line after it.
 */
public final class BarLine extends ConsoleProgressBarConsumer {
  private boolean ended;

  /**
   * A line that is not drawn yet.
   *
   * @param terminal where it is drawn
   * @param columns the terminal's width; the bar stays within it
   */
  public BarLine(PrintStream terminal, int columns) {
    super(terminal, columns);
  }

  /** Ends the line, the first time it is called. */
  @Override
  public synchronized void close() {
    if (!ended) {
      ended = true;
      super.close();
    }
  }
}
