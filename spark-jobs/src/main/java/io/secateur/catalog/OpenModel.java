package io.secateur.catalog;

import io.secateur.config.CatalogPolicy;
import io.secateur.config.ModelRule;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import java.util.Optional;

/** A model whose content is known by its fingerprint, and that can be read. */
final class OpenModel implements AutoCloseable {
  private final CatalogEntry entry;
  private final CatalogPolicy policy;
  private final ModelStore store;
  private final Optional<ZipSource.Copy> copy;
  private final Optional<ModelManifest> manifest;

  private OpenModel(
      CatalogEntry entry,
      CatalogPolicy policy,
      ModelStore store,
      Optional<ZipSource.Copy> copy,
      Optional<ModelManifest> manifest) {
    this.entry = entry;
    this.policy = policy;
    this.store = store;
    this.copy = copy;
    this.manifest = manifest;
  }

  /**
   * Opens it.
   *
   * @throws io.secateur.error.SecateurException when it can't be read
   */
  static OpenModel of(CatalogEntry entry, CatalogPolicy policy, ModelStore store) {
    return new OpenModel(
        entry,
        policy,
        store,
        entry.zip().map(ZipSource::fetch),
        entry.zip().isPresent() ? Optional.empty() : Optional.of(store.manifest(entry.version())));
  }

  /** The hash of the file, or of the version's parameters. */
  String fingerprint() {
    return copy.map(ZipSource.Copy::fingerprint)
        .orElseGet(() -> manifest.orElseThrow().hashes().parameters());
  }

  /**
   * The model, for the caller to close.
   *
   * @throws io.secateur.error.DataException when it is no network that can be used
   */
  ModelSource source() {
    if (manifest.isPresent()) {
      return new StoredSource(store, manifest.get());
    }
    return copy.orElseThrow()
        .open(entry.source(), policy.model(entry.model()).flatMap(ModelRule::input));
  }

  @Override
  public void close() {
    copy.ifPresent(ZipSource.Copy::close);
  }
}
