package io.secateur.error;

/** The job itself failed: its computation or its output went wrong. */
public final class JobFailedException extends SecateurException {
  public JobFailedException(Problem problem) {
    this(problem, null);
  }

  public JobFailedException(Problem problem, Throwable cause) {
    super(problem, cause);
  }

  public JobFailedException(String found, String expected, String remedy) {
    this(new Problem(found, expected, remedy), null);
  }
}
