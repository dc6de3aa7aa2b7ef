package io.secateur.cli;

/** How much a command says. */
enum Verbosity {
  /** The answer, warnings and errors. */
  QUIET,
  /** Progress and notes too. */
  NORMAL,
  /** Stack traces too. */
  VERBOSE
}
