package io.secateur.cli;

/** The process {@code secateur}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Commands.run(Console.ofProcess(), args));
  }
}
