package io.secateur.cli;

import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model as {@code models list} tells it; with {@code --json} its components are the keys.
 *
 * @param model its name
 * @param latest its highest version
 * @param versions all its versions, ascending
 * @param expired those that have expired
 * @param tags its tags and the versions they name
 */
record ModelView(
    String model,
    int latest,
    List<Integer> versions,
    List<Integer> expired,
    SortedMap<String, Integer> tags) {
  static ModelView of(ModelStore store, String model) {
    List<Integer> versions = numbers(store.versions(model));
    SortedMap<String, Integer> tags = new TreeMap<>();
    store.tags(model).forEach((tag, version) -> tags.put(tag, version.number()));
    return new ModelView(
        model, versions.get(versions.size() - 1), versions, numbers(store.expired(model)), tags);
  }

  private static List<Integer> numbers(Collection<ModelVersion> versions) {
    return versions.stream().map(ModelVersion::number).toList();
  }
}
