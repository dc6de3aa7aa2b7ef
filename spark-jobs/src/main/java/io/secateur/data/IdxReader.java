package io.secateur.data;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads pairs of IDX files (http://yann.lecun.com/exdb/mnist), gzip or not, from wherever Hadoop
 * can open a URI.
 *
 * <p>Their fingerprint is the SHA-256 of the uncompressed content: a file and its {@code .gz} have
 * the same one.
 */
public final class IdxReader {
  private final Configuration configuration;

  /** A reader with Hadoop's settings from the class path. */
  public IdxReader() {
    this(new Configuration());
  }

  /** A reader with these Hadoop settings. */
  public IdxReader(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads all rows.
   *
   * @param classes every label must be below it
   * @throws io.secateur.error.DataException when a file is missing, unreadable, no IDX file of its
   *     kind, truncated, longer than its header says, or does not fit the other one
   */
  public LabelledImages read(URI images, URI labels, int classes) {
    IdxSource source = IdxSource.of(new IdxFiles(images, labels));
    return RowScan.of(source, configuration, classes, RowRange::all).rows();
  }
}
