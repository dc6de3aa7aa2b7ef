package io.secateur.train.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The entries of a zip, checked to the last byte: its directory, lengths and checksums. */
final class ModelZip {
  private ModelZip() {}

  /**
   * Reads all entries.
   *
   * @throws io.secateur.error.DataException when the zip is damaged or cut short
   */
  static Map<String, byte[]> read(InputStream zip, String name) {
    Path copy = null;
    try {
      // a zip's directory is at its end, and only from a file is it compared with the entries
      copy = Files.createTempFile("secateur-model", ".zip");
      Files.copy(zip, copy, StandardCopyOption.REPLACE_EXISTING);
      return entriesOf(copy);
    } catch (IOException e) {
      throw ForeignNetwork.unusable(name, e);
    } finally {
      delete(copy);
    }
  }

  private static Map<String, byte[]> entriesOf(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), read(zip, entry.getName()));
      }
    }
    return entries;
  }

  /**
   * Reads one entry.
   *
   * @throws IOException when it does not have the length and checksum that the directory states
   */
  static byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readAllBytes();
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    if (content.length != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw unsound(entry);
    }
    return content;
  }

  static IOException unsound(ZipEntry entry) {
    return new IOException("entry " + entry.getName() + " does not match its checksum");
  }

  private static void delete(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
