package io.secateur.preflight;

import io.secateur.store.hadoop.Filesystems;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Looks at the executor that it runs on. One task for each slot: the first in a process does the
 * work, the others hold their slot for a moment, so that no executor is left out.
 */
final class ExecutorTask implements FlatMapFunction<Iterator<Integer>, Finding> {
  private static final long serialVersionUID = 1;
  private static final long HOLD_NANOS = 500_000_000;
  private static final Set<String> LOOKED_AT = Collections.newSetFromMap(new ConcurrentHashMap<>());

  private final String run;
  private final JobNeeds needs;
  private final int workers;
  private final URI store;
  private final Filesystems filesystems;
  private final Map<String, String> hadoop;

  /**
   * @param run unique
   * @param workers that an executor runs at once; 0 where it is the driver's process
   */
  ExecutorTask(
      String run,
      JobNeeds needs,
      int workers,
      URI store,
      Filesystems filesystems,
      Map<String, String> hadoop) {
    this.run = run;
    this.needs = needs;
    this.workers = workers;
    this.store = store;
    this.filesystems = filesystems;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Finding> call(Iterator<Integer> slot) {
    if (!LOOKED_AT.add(run)) {
      LockSupport.parkNanos(HOLD_NANOS);
      return Collections.emptyIterator();
    }
    List<Finding> findings = new ArrayList<>();
    boolean own = workers > 0;
    if (own) {
      findings.addAll(HostProbes.ofJvm(needs));
      findings.addAll(HostProbes.ofMemory(needs, workers, false));
      findings.addAll(
          HostProbes.ofStore(
              ModelStores.open(store, filesystems, hadoop).maintenance(), store.toString()));
    }
    findings.addAll(HostProbes.ofSpark());
    return findings.stream().map(finding -> finding.at(place(own))).iterator();
  }

  private static String place(boolean own) {
    SparkEnv env = SparkEnv.get();
    return own
        ? Finding.EXECUTOR + env.executorId() + " on " + env.blockManager().blockManagerId().host()
        : Preflight.DRIVER;
  }
}
