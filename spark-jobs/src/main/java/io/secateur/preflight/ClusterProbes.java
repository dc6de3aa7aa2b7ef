package io.secateur.preflight;

import java.net.URI;

/** What only all processes together show. */
final class ClusterProbes {
  private ClusterProbes() {}

  static Finding slots(int slots, int partitions) {
    String found = slots + " slots for " + partitions + " partitions";
    if (slots >= partitions) {
      return Finding.ok("slots", found);
    }
    int turns = (partitions + slots - 1) / slots;
    return Finding.warn(
        "slots",
        found + ": each round takes " + turns + " turns",
        "more cores (spark.executor.instances, spark.executor.cores, spark.cores.max), or"
            + " partitions: "
            + slots
            + " in the job file, which changes the result");
  }

  static Finding executors(int executors, long seen) {
    return seen == executors
        ? Finding.ok("executors", "all " + executors + " were looked at")
        : Finding.warn(
            "executors",
            seen + " of " + executors + " were looked at: the others were busy or have left",
            "run it again on a cluster at rest, with spark.dynamicAllocation.enabled=false");
  }

  static Finding localStore(URI store) {
    return Finding.warn(
        "store",
        store + " is a folder of each host by itself, unless all of them mount it",
        "--store hdfs://…");
  }
}
