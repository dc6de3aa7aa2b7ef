package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;

/**
 * A publish that may or may not have happened: the filesystem failed during the commit, and
 * afterwards it couldn't be asked what became of it. Nothing is cleaned up, because removing the
 * payload of a version that does exist would destroy it.
 */
public class CommitStateUnknownException extends StoreException {
  /** With what was found, expected and can be done, and the filesystem's failure. */
  public CommitStateUnknownException(Problem problem, Throwable cause) {
    super(problem, cause);
  }
}
