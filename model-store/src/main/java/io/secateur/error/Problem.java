package io.secateur.error;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What an error has to say. All three parts are phrases without a capital or a full stop.
 *
 * @param found what was found, naming the file, key or layer
 * @param expected what was expected in its place
 * @param remedy what the reader can do about it, in the imperative
 */
public record Problem(String found, String expected, String remedy) implements Serializable {
  public Problem {
    requireNonNull(found, "found");
    requireNonNull(expected, "expected");
    requireNonNull(remedy, "remedy");
  }

  /** The problem on one line, {@code found …; expected …; remedy}; line breaks become spaces. */
  public String line() {
    return ("found " + found + "; expected " + expected + "; " + remedy)
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
