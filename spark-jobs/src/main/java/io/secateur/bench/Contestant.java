package io.secateur.bench;

/**
 * Something that trains epochs of one network and is timed: ours or a baseline. Several are open at
 * once and take turns; one that is not asked is idle.
 */
interface Contestant extends AutoCloseable {
  /** Stable, as in {@code pytorch}. */
  String name();

  /**
   * Trains one more epoch.
   *
   * @return wall time in seconds of an epoch of all 60,000 examples
   * @throws SkippedException when it can't run on this machine
   */
  double epochSeconds();

  @Override
  void close();
}
