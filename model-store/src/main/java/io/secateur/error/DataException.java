package io.secateur.error;

/** Input data is missing, unreadable or wrong. */
public final class DataException extends SecateurException {
  public DataException(Problem problem) {
    this(problem, null);
  }

  public DataException(Problem problem, Throwable cause) {
    super(problem, cause);
  }

  public DataException(String found, String expected, String remedy) {
    this(new Problem(found, expected, remedy), null);
  }
}
