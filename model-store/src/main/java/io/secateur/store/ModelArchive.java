package io.secateur.store;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An exported version: one zip, nothing in it compressed, of the manifest and the files that it
 * names. FORMAT.md has the grammar.
 *
 * <p>Nothing in the zip is believed. Its entries must be exactly those that the manifest asks for,
 * in its order, each of the stated length, so that no entry can name a place outside, hide beside
 * the others or grow when it is read; and whatever {@link #read} returns has the stated SHA-256.
 */
public final class ModelArchive implements AutoCloseable {
  static final String MANIFEST = "manifest.json";
  static final String DATA = "data/";

  private final String name;
  private final ZipFile zip;
  private final ModelManifest manifest;

  private ModelArchive(Path file) throws IOException {
    this.name = file.toString();
    this.zip = new ZipFile(file.toFile());
    boolean opened = false;
    try {
      List<ZipEntry> entries = entries();
      requireInside(entries, Files.size(file));
      this.manifest = ModelManifest.parse(manifestBytes(entries), name + "!" + MANIFEST);
      requireExactly(entries);
      opened = true;
    } finally {
      if (!opened) {
        zip.close();
      }
    }
  }

  /**
   * Opens an archive and compares its entries with its manifest. The content of the other files is
   * verified when it is read.
   *
   * @throws DataException when there is no such file, or it can't be read
   * @throws IntegrityException when it is no archive, or another than its manifest describes
   */
  public static ModelArchive open(Path file) {
    try {
      // ZipFile has no exception for a file that may not be read, and reports it as a damaged one.
      Files.newInputStream(file).close();
      if (!Files.isRegularFile(file)) {
        throw new IOException("not a file");
      }
    } catch (IOException e) {
      throw new DataException(
          new Problem(
              "no file " + file + " that can be read (" + e.getClass().getSimpleName() + ")",
              "a file that secateur models export has written",
              "check its name and permissions"),
          e);
    }
    try {
      return new ModelArchive(file);
    } catch (IOException e) {
      throw damaged(file.toString(), "no zip that can be read: " + e.getMessage(), "a whole zip");
    }
  }

  private static IntegrityException damaged(String file, String found, String expected) {
    return new IntegrityException(
        file, found, expected, "copy the file again, or export the version again");
  }

  private List<ZipEntry> entries() {
    try (Stream<? extends ZipEntry> entries = zip.stream()) {
      return new ArrayList<ZipEntry>(entries.toList());
    }
  }

  private void requireInside(List<ZipEntry> entries, long length) {
    long left = length;
    for (ZipEntry entry : entries) {
      if (entry.getMethod() != ZipEntry.STORED
          || entry.getSize() < 0
          || entry.getCompressedSize() != entry.getSize()) {
        throw damaged(name, "entry " + entry.getName() + ", which is compressed", "plain entries");
      }
      if (entry.getSize() > left) {
        throw damaged(
            name, "entries longer than the file's " + length + " bytes", "what fits into it");
      }
      left -= entry.getSize();
    }
  }

  private byte[] manifestBytes(List<ZipEntry> entries) throws IOException {
    if (entries.isEmpty() || !entries.get(0).getName().equals(MANIFEST)) {
      throw damaged(name, "no first entry " + MANIFEST, "an exported version");
    }
    if (entries.get(0).getSize() > ModelManifest.MAX_BYTES) {
      throw damaged(
          name,
          MANIFEST + " of " + entries.get(0).getSize() + " bytes",
          "at most " + ModelManifest.MAX_BYTES + " bytes");
    }
    return content(entries.get(0));
  }

  private void requireExactly(List<ZipEntry> entries) {
    List<StoredFile> files = manifest.files();
    if (entries.size() != 1 + files.size()) {
      throw damaged(
          name,
          entries.size() + " entries",
          (1 + files.size()) + ": " + MANIFEST + " and the files that it names");
    }
    for (int i = 0; i < files.size(); i++) {
      ZipEntry entry = entries.get(1 + i);
      StoredFile file = files.get(i);
      if (!entry.getName().equals(DATA + file.file()) || entry.getSize() != file.length()) {
        throw damaged(
            name,
            "entry \"" + entry.getName() + "\" of " + entry.getSize() + " bytes",
            DATA + file.file() + " of " + file.length() + " bytes as the manifest states");
      }
    }
  }

  private byte[] content(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(Math.toIntExact(entry.getSize()));
    }
  }

  /** What was found in a copy of this archive's files, as a fault of the archive. */
  public IntegrityException damaged(IntegrityException copy) {
    return damaged(
        name,
        "content that is not what its manifest states: " + copy.problem().found(),
        copy.problem().expected());
  }

  /** The manifest of the version that was exported. */
  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * A file's content, verified.
   *
   * @param file one that the manifest names
   * @throws IntegrityException when its bytes are not those that the manifest states
   */
  public byte[] read(StoredFile file) {
    String entry = DATA + file.file();
    byte[] content;
    try {
      content = content(zip.getEntry(entry));
    } catch (IOException | ArithmeticException e) {
      throw damaged(name + "!" + entry, "no content that can be read: " + e.getMessage(), entry);
    }
    String sha256 = Sha256.of(content);
    if (!sha256.equals(file.sha256())) {
      throw damaged(
          name + "!" + entry,
          "damaged, its content has " + sha256,
          file.sha256() + " as the manifest states");
    }
    return content;
  }

  /**
   * The provenance that an imported version gets: that of the exported one, except that a parent is
   * a version of a store, and this may be another store. Which version it was, and the parent it
   * had there, stand in the options under {@code import}.
   */
  public Provenance provenance() {
    Provenance exported = manifest.provenance();
    SortedMap<String, Object> origin = new TreeMap<>();
    origin.put("from", manifest.version().toString());
    exported.parent().ifPresent(parent -> origin.put("parent", parent.toString()));
    Optional.ofNullable(exported.options().get("import"))
        .ifPresent(before -> origin.put("import", before));
    SortedMap<String, Object> options = new TreeMap<>(exported.options());
    options.put("import", Map.copyOf(origin));
    return new Provenance(
        Optional.empty(),
        exported.job(),
        exported.stage(),
        options,
        exported.data(),
        exported.seed(),
        exported.partitions(),
        exported.engine(),
        exported.software(),
        exported.figures());
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // Opened for reading only: nothing is lost.
    }
  }
}
