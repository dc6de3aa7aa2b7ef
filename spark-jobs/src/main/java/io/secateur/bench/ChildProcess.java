package io.secateur.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A baseline in a process of its own, with its own threads and options. It does its work for each
 * line on its standard input and answers with a line: the seconds that an epoch took, or whatever
 * it was asked for. It ends when its input ends; what it prints to standard error goes into the
 * message when it fails.
 */
final class ChildProcess implements Contestant {
  private static final int LAST_WORDS = 300;

  private final String name;
  private final double scale;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private ChildProcess(String name, double scale, Process process) {
    this.name = name;
    this.scale = scale;
    this.process = process;
    this.requests = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Starts the process.
   *
   * @param scale all examples over those that an epoch of the process has
   * @throws SkippedException when the program is not there
   */
  static ChildProcess start(String name, double scale, ProcessBuilder command) {
    try {
      return new ChildProcess(name, scale, command.start());
    } catch (IOException e) {
      throw new SkippedException("no " + command.command().get(0) + " on the path");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double seconds() {
    return scale * Double.parseDouble(ask("epoch"));
  }

  /**
   * The answer to a request.
   *
   * @throws SkippedException with its last words when it has ended
   */
  String ask(String request) {
    String answer = null;
    try {
      requests.write(request + "\n");
      requests.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      // it has ended: its last words say why
    }
    if (answer == null) {
      throw new SkippedException(lastWords());
    }
    return answer;
  }

  private String lastWords() {
    try (BufferedReader errors = process.errorReader()) {
      String last = errors.lines().reduce("it ended without a word", (before, line) -> line);
      return last.length() > LAST_WORDS ? last.substring(0, LAST_WORDS) : last;
    } catch (IOException e) {
      return "it ended (" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
