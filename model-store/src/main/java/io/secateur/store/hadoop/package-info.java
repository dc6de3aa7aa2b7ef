/**
 * The one implementation of the model store, over {@code file:} and {@code hdfs:}; the only package
 * that imports Hadoop.
 *
 * <p>The protocol is written once, against the few operations of {@code StoreFiles}; a filesystem
 * is supported when it can do these with the guarantees they state. {@code file:} does them with
 * java.nio and not with Hadoop's local filesystem: Hadoop's rename overwrites there and its create
 * lets two writers win, while a hard link either appears whole or fails because the name is taken.
 * On {@code hdfs:} the rename of {@code FileContext} without the overwrite option has the same
 * property (that of {@code FileSystem} has not: it nests the source in an existing folder).
 *
 * <p>What publishing, tagging and checkpoints write is written again while a failure may pass, for
 * as long as the filesystem's {@code Patience} says; reading and the probe before a job are not
 * repeated, so that a wrong address is told at once. README.md beside the module's pom has the
 * table of what every fault at every call ends in.
 */
package io.secateur.store.hadoop;
