package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.DataException;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelArchive;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchiveTest {
  @TempDir private Path folder;
  private ModelStore store;
  private ModelVersion version;
  private Path exported;

  @BeforeEach
  void export() throws IOException {
    store = ModelStores.open(folder.resolve("from").toUri());
    try (StagedModel staged = store.stage(Samples.draft("lenet", 7))) {
      version = staged.publish(Samples.provenance(7));
    }
    exported = export("a.zip");
  }

  private Path export(String name) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.export(version, out);
    }
    return file;
  }

  @Test
  void itHoldsTheManifestAndItsFilesInOrderUncompressed() throws IOException {
    ModelManifest manifest = store.manifest(version);
    try (ZipFile zip = new ZipFile(exported.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      assertThat(entries)
          .extracting(ZipEntry::getName)
          .containsExactlyElementsOf(
              Stream.concat(
                      Stream.of("manifest.json"),
                      manifest.files().stream().map(file -> "data/" + file.file()))
                  .toList());
      assertThat(entries).extracting(ZipEntry::getMethod).containsOnly(ZipEntry.STORED);
      assertThat(zip.getInputStream(entries.get(0)).readAllBytes())
          .isEqualTo(Files.readAllBytes(folder.resolve("from/models/lenet/versions/1.json")));
    }
    assertThat(export("b.zip")).hasSameBinaryContentAs(exported);
  }

  @Test
  void anotherStoreGetsTheSameBytesAndKnowsWhereTheyCameFrom() {
    ModelStore other = ModelStores.open(folder.resolve("to").toUri());
    ModelVersion imported = importInto(other, exported, "copy");

    assertThat(imported).isEqualTo(new ModelVersion("copy", 1));
    StoredModel read = other.read(imported);
    assertThat(read.parameters().weights()).containsExactly(Samples.parameters(7).weights());
    assertThat(read.configuration()).isEqualTo(Samples.configuration(7));
    ModelManifest original = store.manifest(version);
    assertThat(read.manifest().tensors()).isEqualTo(original.tensors());
    assertThat(read.manifest().hashes()).isEqualTo(original.hashes());
    assertThat(read.manifest().provenance().job()).isEqualTo("20261124-093015-7f3a");
    assertThat(read.manifest().provenance().parent()).isEmpty();
    assertThat(read.manifest().provenance().options())
        .containsEntry("import", Map.of("from", "lenet@1", "parent", "parent@3"));
  }

  private static ModelVersion importInto(ModelStore store, Path file, String name) {
    try (ModelArchive archive = ModelArchive.open(file);
        StagedModel staged = store.stage(archive, name)) {
      return staged.publish(archive.provenance());
    }
  }

  @Test
  void aFileThatIsMissingIsSaidToBe() {
    assertThatThrownBy(() -> ModelArchive.open(folder.resolve("none.zip")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.zip");
    assertThatThrownBy(() -> ModelArchive.open(folder)).isInstanceOf(DataException.class);
  }

  @Test
  void everyCutIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(exported);
    for (int length = 0; length < whole.length; length += 37) {
      assertRefused(Arrays.copyOf(whole, length));
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void aChangedByteOfAnyFileIsRefusedAndPublishesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(exported);
    int at = 0;
    for (StoredFile file : store.manifest(version).files()) {
      // Behind the entry's local header, which ends with its name.
      at = indexOf(whole, "data/" + file.file(), at) + 5 + file.file().length();
      byte[] damaged = whole.clone();
      damaged[at + (int) file.length() / 2] ^= 4;
      assertRefused(damaged);
    }
    byte[] damaged = whole.clone();
    damaged[indexOf(whole, "\"created\"", 0)] ^= 1;
    assertRefused(damaged);
  }

  private static int indexOf(byte[] bytes, String text, int from) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
  }

  private void assertRefused(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("damaged.zip"), content);
    ModelStore other = ModelStores.open(folder.resolve("to").toUri());
    assertThatThrownBy(() -> importInto(other, file, "copy"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("damaged.zip")
        .hasMessageNotContaining("\n");
    assertThat(other.models()).isEmpty();
    Path data = folder.resolve("to/models/copy/data");
    if (Files.exists(data)) {
      assertThat(data).isEmptyDirectory();
    }
  }

  @Test
  void entriesThatTheManifestDoesNotAskForAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    String last = "data/configuration.json";

    Map<String, byte[]> outside = new LinkedHashMap<>(entries);
    outside.put("../../outside", new byte[] {1});
    assertRefused(zip(outside, ZipEntry.STORED));

    Map<String, byte[]> renamed = new LinkedHashMap<>(entries);
    renamed.put("data/../../configuration.json", renamed.remove(last));
    assertRefused(zip(renamed, ZipEntry.STORED));

    Map<String, byte[]> missing = new LinkedHashMap<>(entries);
    missing.remove(last);
    assertRefused(zip(missing, ZipEntry.STORED));

    Map<String, byte[]> longer = new LinkedHashMap<>(entries);
    longer.put(last, Arrays.copyOf(longer.get(last), longer.get(last).length + 1));
    assertRefused(zip(longer, ZipEntry.STORED));

    Map<String, byte[]> unordered = new LinkedHashMap<>(entries);
    unordered.put("manifest.json", unordered.remove("manifest.json"));
    assertRefused(zip(unordered, ZipEntry.STORED));

    assertRefused(zip(entries, ZipEntry.DEFLATED));
    assertRefused(zip(Map.of("readme.txt", new byte[] {1}), ZipEntry.STORED));
    assertRefused(zip(Map.of(), ZipEntry.STORED));
  }

  @Test
  void whatWasTakenApartAndPutTogetherAgainIsTaken() throws IOException {
    Path file = Files.write(folder.resolve("again.zip"), zip(entries(), ZipEntry.STORED));
    assertThat(importInto(store, file, "lenet").number()).isEqualTo(2);
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(exported.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private byte[] zip(Map<String, byte[]> entries, int method) throws IOException {
    Path file = folder.resolve("made.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setMethod(method);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    }
    return Files.readAllBytes(file);
  }
}
