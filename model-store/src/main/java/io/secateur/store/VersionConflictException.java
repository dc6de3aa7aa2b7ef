package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;

/**
 * Other writers took every version number this publish tried for. Nothing was published, and
 * publishing again may work.
 */
public class VersionConflictException extends StoreException {
  /** With what was found, expected and can be done. */
  public VersionConflictException(Problem problem) {
    super(problem);
  }
}
