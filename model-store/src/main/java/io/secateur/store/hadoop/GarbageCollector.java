package io.secateur.store.hadoop;

import io.secateur.error.StoreException;
import io.secateur.store.Damage;
import io.secateur.store.Garbage;
import io.secateur.store.Garbage.Reason;
import io.secateur.store.GracePeriod;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Removes what no manifest names, and the payload of expired versions, when nobody has touched it
 * for a grace period; safe beside any publisher, for these reasons:
 *
 * <ol>
 *   <li>A publisher writes its manifest, hidden, into its payload's folder, and only then compares
 *       the payload's age with half of the shortest grace period. So a publisher that goes on to
 *       commit wrote that manifest beside a young payload, and where the payload is old now, that
 *       manifest is old too.
 *   <li>A collection first removes the hidden manifests of an old payload. A commit needs its
 *       hidden manifest: it came before, or it fails.
 *   <li>Then all manifests are read again. A commit that came before is seen, and its payload
 *       stays.
 * </ol>
 *
 * <p>A tag is written, hidden, before it is seen that its version is live. Old hidden tags are
 * removed and the tags read again in the same way, so that no tag comes to name a version whose
 * payload goes.
 */
final class GarbageCollector {
  private final StoreFiles files;
  private final HadoopModelStore store;
  private final WholeFiles whole;
  private final GracePeriod grace;

  GarbageCollector(StoreFiles files, HadoopModelStore store, GracePeriod grace) {
    this.files = files;
    this.store = store;
    this.whole = new WholeFiles(files);
    this.grace = grace;
  }

  Garbage find() {
    List<Garbage.Item> items = new ArrayList<>();
    List<Damage> skipped = new ArrayList<>();
    Instant now = now();
    for (String model : whole.list(StorePaths.MODELS).stream().sorted().toList()) {
      if (Names.isModel(model)) {
        try {
          items.addAll(new Search(model, now).items());
        } catch (IOException e) {
          skipped.add(skipped(model, StoreErrors.refused(files, "look through " + model, e)));
        } catch (StoreException e) {
          skipped.add(skipped(model, e));
        }
      }
    }
    return new Garbage(items, skipped);
  }

  private Damage skipped(String model, StoreException e) {
    return Damage.of(e, files.root() + "/" + StorePaths.model(model));
  }

  /** The filesystem's time: that of a file written just now. */
  private Instant now() {
    String file = StorePaths.hidden(StorePaths.MODELS, "clock");
    try {
      files.write(file, new byte[] {'\n'});
      try {
        return files.modified(file);
      } finally {
        files.deleteFile(file);
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, "collect the garbage of " + files.root(), e);
    }
  }

  /** What a model's manifests and tags say of its payloads. */
  private record References(Set<UUID> live, Map<UUID, ModelVersion> expired) {}

  private References references(String model) {
    store.requireNoGaps(model);
    Set<ModelVersion> tombstones = store.expired(model);
    Map<ModelVersion, ModelManifest> manifests =
        store.versions(model).stream().collect(Collectors.toMap(v -> v, store::manifest));
    Set<ModelVersion> tagged = new HashSet<>();
    store
        .tags(model)
        .forEach(
            (tag, version) -> {
              ModelManifest manifest = manifests.get(version);
              if (manifest != null && !tag.equals(manifest.provenance().jobTag())) {
                tagged.add(version);
              }
            });
    References references = new References(new HashSet<>(), new HashMap<>());
    manifests.forEach(
        (version, manifest) -> {
          if (tombstones.contains(version) && !tagged.contains(version)) {
            references.expired.put(manifest.payload(), version);
          } else {
            references.live.add(manifest.payload());
          }
        });
    return references;
  }

  /** Looks for one model's garbage. */
  private final class Search {
    private final String model;
    private final Instant now;
    private final List<Garbage.Item> items = new ArrayList<>();

    Search(String model, Instant now) {
      this.model = model;
      this.now = now;
    }

    List<Garbage.Item> items() throws IOException {
      References references = references(model);
      for (String name : names(StorePaths.data(model))) {
        Optional<UUID> payload = payload(name);
        if (payload.isPresent()) {
          try {
            lookAt(payload.get(), references);
          } catch (NoSuchFileException e) {
            // Somebody is at work in it, so that it isn't old.
          }
        }
      }
      leftovers(StorePaths.model(model));
      leftovers(StorePaths.versions(model));
      leftovers(StorePaths.tags(model));
      return items;
    }

    private void lookAt(UUID payload, References references) throws IOException {
      String folder = StorePaths.payload(model, payload);
      if (references.live.contains(payload)) {
        leftovers(folder);
        return;
      }
      ModelVersion expired = references.expired.get(payload);
      Instant since =
          expired == null ? lastWritten(folder) : files.modified(StorePaths.tombstone(expired));
      if (grace.isOver(since, now)) {
        Reason reason = expired == null ? Reason.UNREFERENCED : Reason.EXPIRED;
        items.add(new Garbage.Item(model, folder, reason, bytes(folder), since));
      }
    }

    private void leftovers(String folder) throws IOException {
      for (String name : names(folder)) {
        if (name.startsWith(".")) {
          leftover(folder + "/" + name);
        }
      }
    }

    private void leftover(String file) throws IOException {
      try {
        Instant since = files.modified(file);
        if (grace.isOver(since, now)) {
          items.add(new Garbage.Item(model, file, Reason.LEFTOVER, files.length(file), since));
        }
      } catch (NoSuchFileException e) {
        // Its writer has put it to use, or removed it.
      }
    }
  }

  /** Sorted, so that the same store is gone through in the same order. */
  private List<String> names(String folder) throws IOException {
    return files.list(folder).stream().sorted().toList();
  }

  private static Optional<UUID> payload(String name) {
    try {
      UUID payload = UUID.fromString(name);
      return payload.toString().equals(name) ? Optional.of(payload) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Instant lastWritten(String folder) throws IOException {
    List<String> names = names(folder);
    Instant last = names.isEmpty() ? files.modified(folder) : Instant.MIN;
    for (String name : names) {
      Instant modified = files.modified(folder + "/" + name);
      last = modified.isAfter(last) ? modified : last;
    }
    return last;
  }

  private long bytes(String folder) throws IOException {
    long bytes = 0;
    for (String name : names(folder)) {
      bytes += files.length(folder + "/" + name);
    }
    return bytes;
  }

  Garbage collect(Garbage found) {
    List<Garbage.Item> removed = new ArrayList<>();
    List<Damage> skipped = new ArrayList<>(found.skipped());
    found.items().stream()
        .collect(Collectors.groupingBy(Garbage.Item::model, TreeMap::new, Collectors.toList()))
        .forEach(
            (model, items) -> {
              try {
                collect(model, items, removed);
              } catch (IOException e) {
                skipped.add(skipped(model, StoreErrors.refused(files, "clean " + model, e)));
              } catch (StoreException e) {
                skipped.add(skipped(model, e));
              }
            });
    return new Garbage(removed, skipped);
  }

  private void collect(String model, List<Garbage.Item> items, List<Garbage.Item> removed)
      throws IOException {
    for (Garbage.Item item : items) {
      if (item.reason() == Reason.LEFTOVER) {
        files.deleteFile(item.path());
        removed.add(item);
      } else {
        withdraw(item.path());
      }
    }
    Instant now = now();
    References again = references(model);
    for (Garbage.Item item : items) {
      try {
        if (item.reason() != Reason.LEFTOVER && isStill(item, again, now)) {
          files.deleteFolder(item.path());
          removed.add(item);
        }
      } catch (NoSuchFileException e) {
        // Its publisher, or another collection, was faster.
      }
    }
  }

  /** From here on nobody can commit an old manifest of this payload. */
  private void withdraw(String folder) throws IOException {
    for (String name : names(folder)) {
      if (name.startsWith(".")) {
        files.deleteFile(folder + "/" + name);
      }
    }
  }

  private boolean isStill(Garbage.Item item, References again, Instant now) throws IOException {
    UUID payload = UUID.fromString(item.path().substring(item.path().lastIndexOf('/') + 1));
    return switch (item.reason()) {
      case EXPIRED -> again.expired.containsKey(payload);
      case UNREFERENCED ->
          !again.live.contains(payload)
              && !again.expired.containsKey(payload)
              && files.exists(item.path())
              && grace.isOver(lastWritten(item.path()), now);
      case LEFTOVER -> false;
    };
  }
}
