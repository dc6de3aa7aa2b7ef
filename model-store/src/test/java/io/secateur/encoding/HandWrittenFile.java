package io.secateur.encoding;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Writes tensor files from hexadecimal digits, with checksums by a bit-by-bit CRC-32C. */
final class HandWrittenFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int chunks;

  /** A header without its checksum, which is appended. */
  HandWrittenFile header(String hex) {
    byte[] header = parse(hex);
    bytes.writeBytes(header);
    putInt(crc32c(header));
    return this;
  }

  /** A chunk's entry count and payload; its checksum, with the chunk's number, is appended. */
  HandWrittenFile chunk(String hex) {
    byte[] chunk = parse(hex);
    byte[] numbered = new byte[4 + chunk.length];
    numbered[0] = (byte) chunks++;
    System.arraycopy(chunk, 0, numbered, 4, chunk.length);
    bytes.writeBytes(chunk);
    putInt(crc32c(numbered));
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private void putInt(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(value >>> shift);
    }
  }

  /** The reflected polynomial 0x82F63B78, one bit after the other. */
  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte next : bytes) {
      crc ^= next & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82F63B78;
      }
    }
    return ~crc;
  }
}
