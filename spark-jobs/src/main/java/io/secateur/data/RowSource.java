package io.secateur.data;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/**
 * Files with labelled images, in whatever format: their rows have one order, which is part of what
 * "same data, same result" means. Travels to tasks in Java's serial form.
 */
sealed interface RowSource extends Serializable permits IdxSource, ParquetSource {
  /**
   * Opens the files for one reading.
   *
   * @param classes every label must be below it, at most 65,536
   * @throws io.secateur.error.DataException when a file is missing, unreadable or wrong, as far as
   *     its header shows
   */
  RowStream open(Configuration configuration, int classes, Fingerprinting fingerprinting);

  /** Where the images are, for messages. */
  URI place();
}
