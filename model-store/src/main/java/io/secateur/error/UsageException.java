package io.secateur.error;

/** The command line or the job file is wrong or missing. */
public final class UsageException extends SecateurException {
  public UsageException(Problem problem) {
    this(problem, null);
  }

  public UsageException(Problem problem, Throwable cause) {
    super(problem, cause);
  }

  public UsageException(String found, String expected, String remedy) {
    this(new Problem(found, expected, remedy), null);
  }
}
