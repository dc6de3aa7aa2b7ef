package io.secateur.store.hadoop;

/** Which filesystems a store may lie on. */
public enum Filesystems {
  /** {@code file:} and {@code hdfs:}, which the contract suite proves. */
  PROVEN_ONLY,
  /**
   * Also any other that Hadoop has a {@code FileContext} for. Whether its rename is atomic and
   * refuses an existing target is then the user's to know.
   */
  UNPROVEN_ALLOWED
}
