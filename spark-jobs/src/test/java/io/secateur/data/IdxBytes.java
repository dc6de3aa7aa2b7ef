package io.secateur.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** IDX files put together byte by byte. */
final class IdxBytes {
  private IdxBytes() {}

  static byte[] images(int count, int height, int width, int... pixels) {
    return file(new int[] {2051, count, height, width}, pixels);
  }

  static byte[] labels(int count, int... labels) {
    return file(new int[] {2049, count}, labels);
  }

  static byte[] file(int[] header, int... content) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * header.length + content.length);
    for (int word : header) {
      buffer.putInt(word);
    }
    for (int value : content) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
