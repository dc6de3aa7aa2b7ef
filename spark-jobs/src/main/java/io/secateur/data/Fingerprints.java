package io.secateur.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of contents, written "sha256:" and 64 hexadecimal digits. */
final class Fingerprints {
  private Fingerprints() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The text of a digest that has seen all its bytes; resets it. */
  static String text(MessageDigest digest) {
    return ofHex(HexFormat.of().formatHex(digest.digest()));
  }

  static String ofHex(String hex) {
    return "sha256:" + hex;
  }
}
