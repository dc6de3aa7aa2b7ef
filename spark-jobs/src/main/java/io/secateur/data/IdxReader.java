package io.secateur.data;

import io.secateur.error.DataException;
import java.net.URI;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads pairs of IDX files (http://yann.lecun.com/exdb/mnist), gzip or not, from wherever Hadoop
 * can open a URI. One pass over each file checks it, fingerprints it and keeps the rows asked for.
 *
 * <p>The fingerprint is the SHA-256 of the uncompressed content: a file and its {@code .gz} have
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
   * @throws DataException when a file is missing, unreadable, no IDX file of its kind, truncated,
   *     longer than its header says, or does not fit the other one
   */
  public LabelledImages read(URI images, URI labels, int classes) {
    return read(new IdxFiles(images, labels), classes, RowRange::all).rows();
  }

  /** Reads the rows that the function chooses once it knows how many there are. */
  IdxContent read(IdxFiles files, int classes, IntFunction<RowRange> choice) {
    try (IdxInput images = IdxInput.open(configuration, files.images(), IdxKind.IMAGES);
        IdxInput labels = IdxInput.open(configuration, files.labels(), IdxKind.LABELS)) {
      if (images.count() != labels.count()) {
        throw new DataException(
            String.format(
                "%,d images in %s and %,d labels in %s",
                images.count(), files.images(), labels.count(), files.labels()),
            "as many labels as images",
            "pair each images file with its own labels file");
      }
      RowRange rows = choice.apply(images.count());
      byte[] allLabels = new byte[labels.count()];
      labels.copyRows(RowRange.all(labels.count()), allLabels);
      requireLabels(allLabels, classes, files.labels());
      byte[] pixels = new byte[Math.multiplyExact(rows.size(), images.rowBytes())];
      images.copyRows(rows, pixels);
      return new IdxContent(
          LabelledImages.wrapping(
              pixels, pick(allLabels, rows), images.height(), images.width(), classes),
          images.count(),
          images.sha256(),
          labels.sha256());
    }
  }

  private static byte[] pick(byte[] labels, RowRange rows) {
    byte[] picked = new byte[rows.size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = labels[rows.from() + i * rows.step()];
    }
    return picked;
  }

  private static void requireLabels(byte[] labels, int classes, URI file) {
    for (int row = 0; row < labels.length; row++) {
      if ((labels[row] & 0xFF) >= classes) {
        throw new DataException(
            "label " + (labels[row] & 0xFF) + " at row " + row + " of " + file,
            "labels from 0 to " + (classes - 1) + ", the classes of the network",
            "use the labels that belong to this network, or a network with more outputs");
      }
    }
  }
}
