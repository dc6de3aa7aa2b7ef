package io.secateur.catalog;

import io.secateur.store.ModelVersion;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/** A model of a catalog before it is opened: a DL4J zip, or a version of the store. */
final class CatalogEntry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final String source;
  private final URI zip;
  private final int version;
  private final long bytes;

  private CatalogEntry(String model, String source, URI zip, int version, long bytes) {
    this.model = model;
    this.source = source;
    this.zip = zip;
    this.version = version;
    this.bytes = bytes;
  }

  /**
   * A file.
   *
   * @param model the name to publish as
   * @param bytes its length
   */
  static CatalogEntry zip(String model, URI zip, long bytes) {
    String path = zip.getPath();
    return new CatalogEntry(model, path.substring(path.lastIndexOf('/') + 1), zip, 0, bytes);
  }

  /**
   * A version, which another one is made from.
   *
   * @param bytes of its dense parameters
   */
  static CatalogEntry stored(ModelVersion version, long bytes) {
    return new CatalogEntry(version.model(), version.toString(), null, version.number(), bytes);
  }

  /** The name to publish as. */
  String model() {
    return model;
  }

  /** What people call it: the file's name, or the version. */
  String source() {
    return source;
  }

  /** The file, if it is one. */
  Optional<URI> zip() {
    return Optional.ofNullable(zip);
  }

  /** The version, if it is one. */
  ModelVersion version() {
    return new ModelVersion(model, version);
  }

  /** What tells large from small. */
  long bytes() {
    return bytes;
  }
}
