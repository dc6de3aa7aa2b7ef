package io.secateur.report;

/** A listener that writes to the terminal and has to be closed, so that it leaves whole lines. */
public interface ConsoleListener extends JobListener, AutoCloseable {
  @Override
  void close();
}
