package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.Expiry;
import io.secateur.store.ModelVersion;
import io.secateur.store.TombstoneFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns versions into tombstones, and back when a tag arrives at the same time.
 *
 * <p>An expiry creates the tombstone and then looks for tags; {@link HadoopModelStore#tag} writes
 * the tag and then looks for a tombstone. Whatever the order, at least one of them sees the other's
 * file, and both then remove the tombstone. The payload is still there: a collection leaves it for
 * a grace period, and looks for tags before it removes anything.
 */
final class Expirer {
  private final StoreFiles files;
  private final HadoopModelStore store;

  Expirer(StoreFiles files, HadoopModelStore store) {
    this.files = files;
    this.store = store;
  }

  Expiry plan(String model, int keepLast) {
    if (keepLast < 1) {
      throw new UsageException(
          "--keep-last " + keepLast, "1 or more", "a model keeps its highest version");
    }
    store.requireModel(model);
    List<ModelVersion> live = new ArrayList<>(store.versions(model));
    live.removeAll(store.expired(model));
    SortedMap<ModelVersion, String> kept = new TreeMap<>();
    for (ModelVersion version : live.subList(Math.max(0, live.size() - keepLast), live.size())) {
      kept.put(version, "one of the last " + keepLast);
    }
    store
        .tags(model)
        .forEach(
            (tag, version) -> {
              if (live.contains(version) && store.keeps(tag, version)) {
                kept.putIfAbsent(version, "tagged " + tag);
              }
            });
    keepParents(model, live, kept);
    live.removeAll(kept.keySet());
    return new Expiry(model, live, kept);
  }

  private void keepParents(
      String model, List<ModelVersion> live, SortedMap<ModelVersion, String> kept) {
    Deque<ModelVersion> children = new ArrayDeque<>(kept.keySet());
    for (String other : store.models()) {
      if (!other.equals(model)) {
        Set<ModelVersion> expired = store.expired(other);
        store.versions(other).stream().filter(v -> !expired.contains(v)).forEach(children::add);
      }
    }
    while (!children.isEmpty()) {
      ModelVersion child = children.remove();
      store
          .manifest(child)
          .provenance()
          .parent()
          .filter(live::contains)
          .filter(parent -> kept.putIfAbsent(parent, "parent of " + child) == null)
          .ifPresent(children::add);
    }
  }

  Expiry expire(Expiry plan) {
    List<ModelVersion> expired = new ArrayList<>();
    SortedMap<ModelVersion, String> kept = new TreeMap<>(plan.kept());
    for (ModelVersion version : plan.expired()) {
      expire(version)
          .ifPresentOrElse(tag -> kept.put(version, "tagged " + tag), () -> expired.add(version));
    }
    return new Expiry(plan.model(), expired, kept);
  }

  /** Expires a version; or the tag that keeps it. */
  private Optional<String> expire(ModelVersion version) {
    Optional<String> keeping = keepingTag(version);
    if (keeping.isEmpty()) {
      createTombstone(version);
      keeping = keepingTag(version);
      if (keeping.isPresent()) {
        lift(files, version);
      } else {
        removeJobTag(version);
      }
    }
    return keeping;
  }

  private Optional<String> keepingTag(ModelVersion version) {
    return store.tags(version.model()).entrySet().stream()
        .filter(tag -> tag.getValue().equals(version))
        .map(Map.Entry::getKey)
        .filter(tag -> store.keeps(tag, version))
        .findFirst();
  }

  private void createTombstone(ModelVersion version) {
    byte[] content = TombstoneFile.toBytes(version, Instant.now());
    String written = StorePaths.hidden(StorePaths.versions(version.model()), "expired");
    try {
      files.write(written, content);
      // Taken is as good: somebody else has expired it.
      new VersionCommit(files).commit(written, StorePaths.tombstone(version), content);
      files.deleteFile(written);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "expire " + version, e);
    } catch (CommitStateUnknownException e) {
      throw new StoreException(
          new Problem(
              e.problem().found(),
              "a filesystem that answers",
              "run the command again when it does: expiring a version twice does no harm"),
          e);
    }
  }

  private void removeJobTag(ModelVersion version) {
    store
        .tags(version.model())
        .forEach(
            (tag, tagged) -> {
              if (tagged.equals(version)) {
                store.untag(version.model(), tag);
              }
            });
  }

  /** Makes a version live again; fine when it is. */
  static void lift(StoreFiles files, ModelVersion version) {
    String tombstone = StorePaths.tombstone(version);
    try {
      if (files.exists(tombstone)) {
        files.deleteFile(tombstone);
        files.sync(StorePaths.versions(version.model()));
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, "remove " + tombstone, e);
    }
  }
}
