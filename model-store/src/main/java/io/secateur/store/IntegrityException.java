package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;

/** Stored bytes are not the bytes that were published: damaged, cut, missing or exchanged. */
public class IntegrityException extends StoreException {
  private final String file;

  /**
   * Names the file and the difference.
   *
   * @param file the damaged file, as the user can find it
   * @param found what it holds
   * @param expected what it should hold
   */
  public IntegrityException(String file, String found, String expected) {
    this(file, found, expected, (Throwable) null);
  }

  /**
   * Names the file and the difference.
   *
   * @param file the damaged file, as the user can find it
   * @param found what it holds
   * @param expected what it should hold
   * @param cause the decoder's failure, or null
   */
  public IntegrityException(String file, String found, String expected, Throwable cause) {
    super(
        new Problem(
            file + ": " + found,
            expected,
            "restore this file from a copy of the store, or use another version"),
        cause);
    this.file = file;
  }

  /**
   * Names the file, the difference and what to do about it.
   *
   * @param file the damaged file, as the user can find it
   * @param found what it holds
   * @param expected what it should hold
   * @param remedy where restoring the file is not the way out
   */
  public IntegrityException(String file, String found, String expected, String remedy) {
    super(new Problem(file + ": " + found, expected, remedy));
    this.file = file;
  }

  /** The damaged file. */
  public String file() {
    return file;
  }
}
