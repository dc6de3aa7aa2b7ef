package io.secateur.data;

import io.secateur.error.DataException;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;

/**
 * What one reading of all rows of a source gave: checked, fingerprinted, and some of them kept.
 *
 * @param rows the rows that were asked for
 * @param count all rows of the source
 * @param pinned the source, with the lengths of its files
 * @param sums of all rows
 * @param fingerprints part ("images", "labels" or "") to "sha256:…" of its content
 */
record RowScan(
    LabelledImages rows,
    int count,
    RowSource pinned,
    BlockSums sums,
    SortedMap<String, String> fingerprints) {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  /**
   * Reads all rows and keeps those that the function chooses once it knows how many there are.
   *
   * @param classes every label must be below it
   * @throws DataException when a file is missing, unreadable or wrong, or more is to be kept than
   *     an array holds
   */
  static RowScan of(
      RowSource source, Configuration configuration, int classes, IntFunction<RowRange> choice) {
    try (RowStream stream = source.open(configuration, classes, Fingerprinting.TAKEN)) {
      RowRange kept = choice.apply(stream.count());
      int rowBytes = stream.imageShape().pixels();
      requireRoom(source, kept, rowBytes);
      byte[] pixels = new byte[kept.size() * rowBytes];
      short[] labels = new short[kept.size()];
      BlockSums sums = new BlockSums(stream.count(), rowBytes);
      byte[] blockPixels = new byte[Math.min(sums.blockRows(), stream.count()) * rowBytes];
      short[] blockLabels = new short[sums.blockRows()];
      for (int block = 0; block < sums.blocks(); block++) {
        int first = sums.firstRow(block);
        int rows = sums.rowsOf(block);
        stream.read(blockPixels, blockLabels, rows);
        sums.take(block, blockPixels, blockLabels);
        int from = Math.max(first, kept.from());
        int size = Math.min(first + rows, kept.to()) - from;
        if (size > 0) {
          int at = from - kept.from();
          System.arraycopy(
              blockPixels, (from - first) * rowBytes, pixels, at * rowBytes, size * rowBytes);
          System.arraycopy(blockLabels, from - first, labels, at, size);
        }
      }
      stream.finish();
      return new RowScan(
          LabelledImages.wrapping(pixels, labels, stream.imageShape(), classes),
          stream.count(),
          stream.pinned(),
          sums,
          stream.fingerprints());
    }
  }

  private static void requireRoom(RowSource source, RowRange kept, int rowBytes) {
    long bytes = (long) kept.size() * rowBytes;
    if (bytes > MOST_BYTES) {
      throw new DataException(
          String.format(
              "%,d validation or test rows of %,d bytes in %s",
              kept.size(), rowBytes, source.place()),
          "less than 2 GiB of them: the driver keeps them in memory",
          "use fewer rows to validate and test with");
    }
  }
}
