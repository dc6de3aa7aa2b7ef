package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.store.Damage;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StoredFile;
import io.secateur.store.TagFile;
import io.secateur.store.TombstoneFile;
import io.secateur.store.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One verification: reads on after damage, and tells of every damaged file. */
final class Verifier {
  private final HadoopModelStore store;
  private final WholeFiles whole;
  private final List<Damage> damages = new ArrayList<>();
  private int versions;
  private long files;
  private long bytes;

  Verifier(HadoopModelStore store, WholeFiles whole) {
    this.store = store;
    this.whole = whole;
  }

  Verification result() {
    return new Verification(versions, files, bytes, damages);
  }

  /** All versions and tags of a model, and that no number is missing. */
  void read(String model) {
    try {
      readVersions(model);
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(StorePaths.versions(model))));
    }
    try {
      readTags(model);
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(StorePaths.tags(model))));
    }
  }

  private void readVersions(String model) {
    Set<ModelVersion> expired = store.expired(model);
    for (ModelVersion missing : store.gaps(model)) {
      damage(
          StorePaths.manifest(missing),
          "no such file",
          "the manifest of " + missing + ": versions are numbered without gaps");
    }
    for (ModelVersion version : store.versions(model)) {
      read(version, expired.contains(version));
    }
  }

  private void readTags(String model) {
    List<ModelVersion> there = store.versions(model);
    for (String tag : whole.list(StorePaths.tags(model))) {
      if (Names.isTag(tag)) {
        readTag(model, tag, there);
      }
    }
  }

  /** One version. */
  void read(ModelVersion version) {
    read(version, store.expired(version.model()).contains(version));
  }

  private void read(ModelVersion version, boolean expired) {
    versions++;
    String file = StorePaths.manifest(version);
    ModelManifest manifest;
    try {
      byte[] content = store.manifestBytes(version);
      manifest = store.parse(version, content);
      count(content.length);
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(file)));
      return;
    }
    if (expired) {
      readTombstone(version);
    } else {
      readPayload(manifest);
    }
  }

  private void readTombstone(ModelVersion version) {
    String file = StorePaths.tombstone(version);
    try {
      whole
          .readIfExists(file)
          .ifPresent(
              content -> {
                TombstoneFile.parse(content, version, full(file));
                count(content.length);
              });
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(file)));
    }
  }

  private void readPayload(ModelManifest manifest) {
    Payload payload = store.payload(manifest);
    List<Damage> found = payload.damages(manifest);
    damages.addAll(found);
    for (StoredFile file : manifest.files()) {
      String name = payload.full(file.file());
      if (found.stream().noneMatch(damage -> damage.file().equals(name))) {
        count(file.length());
      }
    }
  }

  private void readTag(String model, String tag, List<ModelVersion> there) {
    String file = StorePaths.tags(model) + "/" + tag;
    try {
      whole
          .readIfExists(file)
          .ifPresent(
              content -> {
                ModelVersion version = TagFile.parse(content, model, full(file));
                if (there.contains(version)) {
                  count(content.length);
                } else {
                  damage(file, "the tag of " + version + ", which does not exist", "a version");
                }
              });
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(file)));
    }
  }

  private void damage(String file, String found, String expected) {
    damages.add(
        new Damage(
            full(file),
            new Problem(
                full(file) + ": " + found, expected, "restore it from a copy of the store")));
  }

  private String full(String file) {
    return store.root() + "/" + file;
  }

  private void count(long length) {
    files++;
    bytes += length;
  }
}
