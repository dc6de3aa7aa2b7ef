package io.secateur.bench;

/**
 * Something that does the same work again and again and is timed, ours or a baseline: trains epochs
 * of one network, or predicts. Several are open at once and take turns; one that is not asked is
 * idle.
 */
interface Contestant extends AutoCloseable {
  /** Stable, as in {@code pytorch}. */
  String name();

  /**
   * Does the work of one more turn.
   *
   * @return wall time in seconds: of an epoch of all 60,000 examples, or of a prediction
   * @throws SkippedException when it can't run on this machine
   */
  double seconds();

  @Override
  void close();
}
