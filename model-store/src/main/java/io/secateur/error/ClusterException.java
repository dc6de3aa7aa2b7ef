package io.secateur.error;

/** The cluster can't be reached or is not fit to run the job. */
public final class ClusterException extends SecateurException {
  public ClusterException(Problem problem) {
    this(problem, null);
  }

  public ClusterException(Problem problem, Throwable cause) {
    super(problem, cause);
  }

  public ClusterException(String found, String expected, String remedy) {
    this(new Problem(found, expected, remedy), null);
  }
}
