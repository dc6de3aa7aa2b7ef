package io.secateur.error;

/**
 * The model store refused: conflict, integrity, permission or no space. The store's own package
 * refines it.
 */
public non-sealed class StoreException extends SecateurException {
  public StoreException(Problem problem) {
    this(problem, null);
  }

  public StoreException(Problem problem, Throwable cause) {
    super(problem, cause);
  }

  public StoreException(String found, String expected, String remedy) {
    this(new Problem(found, expected, remedy), null);
  }
}
