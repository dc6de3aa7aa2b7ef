/**
 * Labelled images from IDX or Parquet files: reading and checking them, splitting them into
 * training, validation and test rows, and handing a worker its minibatches.
 *
 * <p>A format is a {@code RowSource}: rows in one order, read once from first to last. The driver
 * reads all of them once, fingerprints the files (SHA-256: of uncompressed contents for IDX, of the
 * files' bytes in the order of their names for Parquet) and notes a CRC32C of every block of rows.
 * Tasks open the same files through Hadoop, refuse another length, check each block of rows that
 * they read against the driver's sum, and keep their own rows as raw bytes: they need not hash
 * files to be sure of what they read. Order, shifts and splits are pure functions of (seed, epoch,
 * row), so a row's treatment depends neither on the cluster nor on which task is retried. The test
 * images are a type of their own, {@link io.secateur.data.TestSet}, so that no choice can be made
 * by looking at them.
 */
package io.secateur.data;
