package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;

/**
 * A stored file that is not what it should be, or that can't be read.
 *
 * @param file as the user can find it
 * @param problem what was found, what was expected, and what to do
 */
public record Damage(String file, Problem problem) {
  /**
   * What a failed read says of a file.
   *
   * @param file the file that was read, where the failure doesn't name another
   */
  public static Damage of(StoreException failure, String file) {
    return new Damage(
        failure instanceof IntegrityException damaged ? damaged.file() : file, failure.problem());
  }
}
