package io.secateur.data;

import java.net.URI;
import java.util.Objects;

/**
 * A pair of IDX files, gzip or not: images (magic 2051) and their labels (magic 2049), each a
 * {@code file:} or {@code hdfs:} URI.
 */
public record IdxFiles(URI images, URI labels) {
  public IdxFiles {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(labels, "labels");
  }
}
