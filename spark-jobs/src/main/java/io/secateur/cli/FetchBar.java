package io.secateur.cli;

import io.secateur.data.FetchProgress;
import io.secateur.report.BarLine;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a fetch: a bar per part on a terminal, a line per part elsewhere. */
final class FetchBar implements FetchProgress, AutoCloseable {
  private static final long KIB = 1 << 10;
  private static final double MB = 1e6;

  private final Console console;
  private ProgressBar bar;
  private BarLine line;

  FetchBar(Console console) {
    this.console = console;
  }

  @Override
  public void started(String what, long bytes) {
    close();
    if (console.verbosity() == Verbosity.QUIET) {
      return;
    }
    if (console.columns().isEmpty()) {
      console.say(bytes == 0 ? what : String.format(Locale.ROOT, "%s, %.1f MB", what, bytes / MB));
      return;
    }
    int columns = console.columns().getAsInt();
    line = new BarLine(console.out(), columns);
    bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(bytes == 0 ? -1 : bytes)
            .setUnit(" KiB", KIB)
            .setStyle(ProgressBarStyle.ASCII)
            .setMaxRenderedLength(columns)
            .setConsumer(line)
            .build();
  }

  @Override
  public void advanced(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      line.close();
      bar = null;
    }
  }
}
