package io.secateur.error;

/**
 * An error with a {@link Problem} to show on one line; its message is that line. Anything else that
 * escapes is a bug and deserves its stack trace.
 */
public abstract sealed class SecateurException extends RuntimeException
    permits UsageException, DataException, StoreException, ClusterException, JobFailedException {
  private final Problem problem;

  protected SecateurException(Problem problem, Throwable cause) {
    super(problem.line(), cause);
    this.problem = problem;
  }

  public final Problem problem() {
    return problem;
  }
}
