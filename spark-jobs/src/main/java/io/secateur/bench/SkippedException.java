package io.secateur.bench;

/** A baseline can't be measured on this machine; the message says why. */
final class SkippedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SkippedException(String why) {
    super(why);
  }
}
