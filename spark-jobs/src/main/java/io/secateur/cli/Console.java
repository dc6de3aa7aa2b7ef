package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.report.ConsoleListener;
import io.secateur.report.PlainListener;
import io.secateur.report.ProgressBarListener;
import io.secateur.report.QuietListener;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/**
 * Where a command prints: what it is asked for on {@code out}, errors and warnings on {@code err},
 * one line each.
 */
final class Console {
  private static final int USUAL_COLUMNS = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final OptionalInt columns;
  private Verbosity verbosity = Verbosity.NORMAL;

  private Console(PrintStream out, PrintStream err, OptionalInt columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /**
   * This process's. Whether stdout is a terminal is told by the launcher in {@code
   * secateur.terminal}, its width in {@code secateur.columns}: Java 17 itself can't tell when stdin
   * is redirected.
   */
  static Console ofProcess() {
    boolean terminal = Boolean.getBoolean("secateur.terminal");
    int width = Integer.getInteger("secateur.columns", USUAL_COLUMNS);
    return new Console(
        System.out, System.err, terminal ? OptionalInt.of(width) : OptionalInt.empty());
  }

  /** Two streams that are no terminal. */
  static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, OptionalInt.empty());
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** For picocli's help. */
  PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** The terminal's width; empty when stdout is none. */
  OptionalInt columns() {
    return columns;
  }

  void verbosity(Verbosity value) {
    verbosity = value;
  }

  Verbosity verbosity() {
    return verbosity;
  }

  /** A line for people who watch; {@code --quiet} leaves it out. */
  void say(String line) {
    if (verbosity != Verbosity.QUIET) {
      out.println(line);
    }
  }

  void say(List<String> lines) {
    lines.forEach(this::say);
  }

  /** What the command was asked for: printed whatever the verbosity. */
  void answer(String line) {
    out.println(line);
  }

  /** The listener that fits the terminal and the verbosity. */
  ConsoleListener listener() {
    if (verbosity == Verbosity.QUIET) {
      return new QuietListener(err);
    }
    return columns.isPresent()
        ? new ProgressBarListener(out, err, columns.getAsInt())
        : new PlainListener(out, err);
  }

  void warn(String line) {
    err.println("secateur: warning: " + line);
  }

  /**
   * Says what went wrong on one line; the stack trace goes to the log, and to stderr with {@code
   * --verbose}.
   *
   * @return the exit code
   */
  int failed(Throwable failure) {
    LogFile log = LogFile.current();
    int code = ExitCodes.of(failure);
    Problem problem = ExitCodes.problem(failure, log.path());
    out.flush();
    err.println("secateur: " + problem.line());
    if (code != ExitCodes.USAGE) {
      LoggerFactory.getLogger(Console.class).error(problem.line(), failure);
    }
    if (verbosity == Verbosity.VERBOSE) {
      failure.printStackTrace(err);
    }
    return code;
  }
}
