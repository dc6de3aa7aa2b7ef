package io.secateur.store;

import java.util.Locale;

/**
 * A payload file as the manifest states it.
 *
 * @param file its name inside the version's payload folder, one plain path segment
 * @param length in bytes
 * @param sha256 {@code sha256:…} of all its bytes
 */
public record StoredFile(String file, long length, String sha256) {
  /** Checks name, length and the form of the hash. */
  public StoredFile {
    if (!Names.isFile(file)) {
      throw new IllegalArgumentException("\"" + file + "\" is not a plain file name");
    }
    if (length < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has length %d", file, length));
    }
    ModelHashes.requireSha256(sha256);
  }
}
