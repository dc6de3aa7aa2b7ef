package io.secateur.store;

import java.util.regex.Pattern;

/**
 * The hashes of a network's content, independent of how it is encoded.
 *
 * @param masks {@code sha256:…} over name, shape and bitmap of every prunable tensor
 * @param parameters {@code sha256:…} over name, shape and bytes of every tensor
 */
public record ModelHashes(String masks, String parameters) {
  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Checks the form of both. */
  public ModelHashes {
    requireSha256(masks);
    requireSha256(parameters);
  }

  static String requireSha256(String hash) {
    if (!SHA256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "\"" + hash + "\" is not sha256: and 64 lower-case hexadecimal digits");
    }
    return hash;
  }
}
