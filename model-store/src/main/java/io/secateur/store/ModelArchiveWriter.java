package io.secateur.store;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes what {@link ModelArchive} reads: first the manifest, then its files in its order. The
 * bytes depend on the version alone, so that two exports of it are equal.
 */
public final class ModelArchiveWriter implements AutoCloseable {
  /** Java marks the very first moment of a zip's calendar with an extra field in local time. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;

  /** Begins an archive with the bytes of the version's manifest. */
  public ModelArchiveWriter(OutputStream out, byte[] manifest) throws IOException {
    this.zip = new ZipOutputStream(out);
    write(ModelArchive.MANIFEST, manifest);
  }

  /** Adds the content of the next file that the manifest names. */
  public void write(StoredFile file, byte[] content) throws IOException {
    write(ModelArchive.DATA + file.file(), content);
  }

  private void write(String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Ends the archive and closes the stream below. */
  @Override
  public void close() throws IOException {
    zip.close();
  }
}
