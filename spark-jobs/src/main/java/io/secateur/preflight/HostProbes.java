package io.secateur.preflight;

import io.secateur.store.StoreMaintenance;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/** All that is looked at in one process. */
final class HostProbes {
  private HostProbes() {}

  /** What needs no Spark; a process in which Spark can't start can still be looked at. */
  static List<Finding> ofJvm(JobNeeds needs) {
    return List.of(
        JvmProbes.version(),
        JvmProbes.opens(),
        JvmProbes.alignment(),
        MathsProbes.vectors(needs),
        MathsProbes.nd4j(needs),
        MathsProbes.oneDnn(),
        MathsProbes.threads());
  }

  /** The memory of a process that runs so many workers at once, beside the driver or alone. */
  static List<Finding> ofMemory(JobNeeds needs, int workers, boolean driver) {
    long heap =
        driver
            ? needs.driverHeapBytes() + (workers == 0 ? 0 : needs.workerHeapBytes(workers))
            : needs.workerHeapBytes(workers);
    String setting =
        driver
            ? "-Xmx%s in SECATEUR_JAVA_OPTS, spark.driver.memory in spark-submit"
            : "spark.executor.memory=%s";
    return List.of(
        MemoryProbes.heap(heap, setting), MemoryProbes.offHeap(needs.offHeapBytes(workers)));
  }

  /** The store, and the clock against its filesystem's. */
  static List<Finding> ofStore(StoreMaintenance store, String root) {
    return StoreProbes.of(store, root);
  }

  /** What Spark has set up in this process. */
  static List<Finding> ofSpark() {
    List<Finding> findings = new ArrayList<>();
    findings.add(KryoProbe.roundTrip());
    findings.addAll(
        ScratchProbes.of(SparkEnv.get().blockManager().diskBlockManager().localDirsString()));
    return findings;
  }
}
