package io.secateur.train;

import java.util.List;

/** Gets the arrays of a round to its tasks, and their results back to the driver. */
interface RoundTransport {
  /** Memory where the tasks run in the driver's JVM, broadcasts where they do not. */
  static RoundTransport of(TrainingSite site) {
    return site.spark().sc().isLocal() ? new SharedRounds(site) : new SentRounds(site);
  }

  /**
   * Runs a round as one Spark job.
   *
   * @param input only read, until this returns
   * @return a result of each partition, in partition order
   */
  List<RoundResult> run(RoundInput input, TrainingSite.WorkerRound worker);
}
