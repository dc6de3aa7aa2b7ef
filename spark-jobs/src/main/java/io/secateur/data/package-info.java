/**
 * Labelled images from IDX files: reading and checking them, splitting them into training,
 * validation and test rows, and handing a worker its minibatches.
 *
 * <p>Data is a (URI, SHA-256 of the uncompressed content): the driver reads and fingerprints the
 * files once, tasks open the same URIs through Hadoop, keep their own rows as raw bytes and refuse
 * content that the driver did not see. Order, shifts and splits are pure functions of (seed, epoch,
 * row), so a row's treatment depends neither on the cluster nor on which task is retried. The test
 * images are a type of their own, {@link io.secateur.data.TestSet}, so that no choice can be made
 * by looking at them.
 */
package io.secateur.data;
