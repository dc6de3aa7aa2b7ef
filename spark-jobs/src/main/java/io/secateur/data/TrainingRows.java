package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.tensor.Shape;
import java.io.Serializable;
import java.net.URI;

/**
 * Where a task finds the training rows and what they must be: the URIs of the files, the
 * fingerprints of their contents as the driver saw them, and how many of the first rows train.
 * Small: it is shipped to every task.
 */
public final class TrainingRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String images;
  private final String labels;
  private final String imagesSha256;
  private final String labelsSha256;
  private final int rows;
  private final int height;
  private final int width;
  private final int classes;

  TrainingRows(IdxFiles files, IdxContent seen, int rows) {
    this.images = files.images().toString();
    this.labels = files.labels().toString();
    this.imagesSha256 = seen.imagesSha256();
    this.labelsSha256 = seen.labelsSha256();
    this.rows = rows;
    this.height = seen.rows().height();
    this.width = seen.rows().width();
    this.classes = seen.rows().classes();
  }

  /** The number of training rows, over all partitions. */
  public int rows() {
    return rows;
  }

  /** The number of rows of one partition: those with i mod partitions = partition. */
  public int rowsOf(int partition, int partitions) {
    return PartitionData.rowsOf(rows, partition, partitions);
  }

  /** The shape of one image: [1, height, width]. */
  public Shape imageShape() {
    return Shape.of(1, height, width);
  }

  /** The number of classes; every label is below it. */
  public int classes() {
    return classes;
  }

  /** Reads the rows of a partition and checks that the files hold what the driver saw. */
  LabelledImages read(IdxReader reader, int partition, int partitions) {
    IdxFiles files = new IdxFiles(URI.create(images), URI.create(labels));
    IdxContent content =
        reader.read(
            files, classes, count -> new RowRange(partition, Math.min(rows, count), partitions));
    requireSame(images, imagesSha256, content.imagesSha256());
    requireSame(labels, labelsSha256, content.labelsSha256());
    return content.rows();
  }

  static void requireSame(String file, String expected, String found) {
    if (!expected.equals(found)) {
      throw new DataException(
          file + " with content " + found,
          expected + ", which the job read when it began",
          "leave the files alone while a job runs, and give every host the same ones");
    }
  }
}
