package io.secateur.catalog;

import io.secateur.config.Globs;
import io.secateur.config.Locations;
import io.secateur.config.Source;
import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.network.ParameterLayout;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.train.SparkRuntime;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the models of a catalog. */
final class CatalogListing {
  private final ModelStore store;

  CatalogListing(ModelStore store) {
    this.store = store;
  }

  /**
   * A catalog's models, and what can't be one.
   *
   * @param entries largest first
   * @param refused the reason by source
   */
  record Found(List<CatalogEntry> entries, TreeMap<String, String> refused) {}

  /**
   * Lists a catalog.
   *
   * @param catalog one folder of zips; or names, globs and tags of the store, as in {@code
   *     lenet-5}, {@code lenet-*}, {@code *@production}
   * @throws DataException when there is no such folder, or no zip in it
   * @throws StoreException when there is no such model
   */
  Found list(List<String> catalog) {
    if (catalog.size() == 1) {
      Optional<FileStatus[]> folder = folder(catalog.get(0));
      if (folder.isPresent()) {
        return zips(catalog.get(0), folder.get());
      }
    }
    Set<ModelVersion> versions = new LinkedHashSet<>();
    catalog.forEach(reference -> versions.addAll(versions(reference)));
    List<CatalogEntry> entries = new ArrayList<>();
    for (ModelVersion version : versions) {
      long parameters = ParameterLayout.of(store.manifest(version).topology()).parameterCount();
      entries.add(CatalogEntry.stored(version, Float.BYTES * parameters));
    }
    return new Found(largestFirst(entries), new TreeMap<>());
  }

  private static Optional<FileStatus[]> folder(String place) {
    boolean named = place.contains("/") || place.equals(".") || place.equals("..");
    try {
      URI uri = Locations.uri(place, "CATALOG");
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(SparkRuntime.hadoopConfiguration());
      if (named || (files.exists(path) && files.getFileStatus(path).isDirectory())) {
        return Optional.of(files.listStatus(path));
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          new Problem(
              "catalog " + place + " that can't be listed (" + e.getMessage() + ")",
              "a folder of zips that DL4J's ModelSerializer wrote, or models of the store",
              "check the place"),
          e);
    }
  }

  private static Found zips(String folder, FileStatus[] files) {
    TreeMap<String, CatalogEntry> entries = new TreeMap<>();
    TreeMap<String, String> refused = new TreeMap<>();
    for (FileStatus file : files) {
      String name = file.getPath().getName();
      if (!file.isFile() || !name.endsWith(".zip") || name.startsWith(".")) {
        continue;
      }
      String model = new Source.FromFile(file.getPath().toUri()).defaultName();
      CatalogEntry entry = CatalogEntry.zip(model, file.getPath().toUri(), file.getLen());
      if (!Names.isModel(model)) {
        refused.put(name, "a file name that is no model name; expected a-z 0-9 . _ -");
      } else if (entries.putIfAbsent(model, entry) != null) {
        refused.put(
            name, "a file name like that of " + entries.get(model).source() + "; rename one");
      }
    }
    if (entries.isEmpty() && refused.isEmpty()) {
      throw new DataException(
          "no zip in catalog " + folder,
          "files <model>.zip that DL4J's ModelSerializer wrote",
          "check the place");
    }
    return new Found(largestFirst(List.copyOf(entries.values())), refused);
  }

  private static List<CatalogEntry> largestFirst(List<CatalogEntry> entries) {
    List<CatalogEntry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingLong(CatalogEntry::bytes)
            .reversed()
            .thenComparing(CatalogEntry::source));
    return sorted;
  }

  private List<ModelVersion> versions(String reference) {
    int at = reference.indexOf('@');
    String name = at < 0 ? reference : reference.substring(0, at);
    if (!Globs.isGlob(name)) {
      return List.of(at < 0 ? newestSource(name) : store.resolve(ModelReference.parse(reference)));
    }
    List<ModelVersion> found = new ArrayList<>();
    for (String model : store.models()) {
      if (Globs.matches(name, model)) {
        if (at < 0) {
          found.add(newestSource(model));
        } else {
          Optional.ofNullable(store.tags(model).get(reference.substring(at + 1)))
              .ifPresent(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      throw new StoreException(
          "no model that fits " + reference + " in store " + store.root(),
          "at least one",
          "look at them: secateur models list");
    }
    return found;
  }

  /** The highest version that is not itself what a catalog's run has made. */
  private ModelVersion newestSource(String model) {
    ModelVersion highest = store.resolve(ModelReference.highest(model));
    List<ModelVersion> versions = store.versions(model);
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelManifest manifest = store.manifest(versions.get(i));
      if (Product.of(manifest).isEmpty() || manifest.provenance().parent().isEmpty()) {
        return versions.get(i);
      }
    }
    return highest;
  }
}
