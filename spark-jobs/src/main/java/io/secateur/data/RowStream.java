package io.secateur.data;

import java.io.Closeable;
import java.util.SortedMap;

/** Labelled images that are read once, from the first row to the last. Not thread-safe. */
interface RowStream extends Closeable {
  /** The largest image: a chunk of 1,024 has to stay below 1 GiB, the most that is sent. */
  int MOST_PIXELS = 1_000_000;

  /** Rows in all. */
  int count();

  ImageShape imageShape();

  /**
   * Reads the next rows.
   *
   * @param pixels receives [rows][channels x height x width], unsigned bytes
   * @param labels receives [rows], unsigned, each below the classes
   * @param rows no more than are left
   * @throws io.secateur.error.DataException when they can't be read, naming the file
   */
  void read(byte[] pixels, short[] labels, int rows);

  /**
   * Checks that nothing follows the last row.
   *
   * @throws io.secateur.error.DataException when something does
   */
  void finish();

  /**
   * After {@link #finish()}: part of the data ("images", "labels", or "" when a file has both) to
   * "sha256:…" of its content; empty when fingerprints are not taken.
   */
  SortedMap<String, String> fingerprints();

  /** The same files, with the lengths they have now: opening them later checks that. */
  RowSource pinned();

  @Override
  void close();
}
