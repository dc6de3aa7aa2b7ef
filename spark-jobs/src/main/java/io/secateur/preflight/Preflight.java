package io.secateur.preflight;

import io.secateur.error.ClusterException;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.train.SparkFailures;
import io.secateur.train.SparkRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Looks at the driver, then at every executor, then at all of them together. What can't be seen
 * because something before it fails is not guessed.
 */
public final class Preflight {
  static final String DRIVER = "driver";
  static final String CLUSTER = "cluster";

  /** For the first executor. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** For executors that are still on their way. */
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final String master;
  private final JobNeeds needs;
  private final ModelStore store;
  private final Filesystems filesystems;

  /**
   * @param store where the job would publish; each executor opens it for itself
   */
  public Preflight(String master, JobNeeds needs, ModelStore store, Filesystems filesystems) {
    this.master = master;
    this.needs = needs;
    this.store = store;
    this.filesystems = filesystems;
  }

  /** All findings, the driver's first; some fail where a job would. */
  public List<Finding> run() {
    boolean local = SparkRuntime.isLocal(master);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(HostProbes.ofJvm(needs));
    if (!local) {
      findings.addAll(HostProbes.ofMemory(needs, 0, true));
    }
    findings.addAll(HostProbes.ofStore(store.maintenance(), store.root().toString()));
    findings.replaceAll(finding -> finding.at(DRIVER));
    try (JavaSparkContext spark =
        SparkRuntime.open(SparkRuntime.configuration(master, "secateur preflight"), PATIENCE)) {
      findings.addAll(local ? ofThisProcess(spark) : ofExecutors(spark));
    } catch (ClusterException e) {
      findings.add(Finding.fail("Spark", e.problem().found(), e.problem().remedy()).at(CLUSTER));
    } catch (LinkageError e) {
      findings.add(
          Finding.fail("Spark", "Spark doesn't start: " + e, "what the driver's findings ask for")
              .at(CLUSTER));
    }
    return findings;
  }

  private List<Finding> ofThisProcess(JavaSparkContext spark) {
    int slots = spark.defaultParallelism();
    List<Finding> findings = new ArrayList<>();
    HostProbes.ofMemory(needs, Math.min(slots, needs.partitions()), true).stream()
        .map(finding -> finding.at(DRIVER))
        .forEach(findings::add);
    findings.addAll(looked(spark, 1, 0));
    findings.add(ClusterProbes.slots(slots, needs.partitions()).at(CLUSTER));
    return findings;
  }

  private List<Finding> ofExecutors(JavaSparkContext spark) {
    int executors = settledExecutors(spark);
    int slots = spark.defaultParallelism();
    int workers = Math.min(needs.partitions(), Math.max(1, slots / executors));
    List<Finding> findings = looked(spark, Math.max(slots, executors), workers);
    long seen = findings.stream().map(Finding::host).distinct().count();
    findings.add(ClusterProbes.executors(executors, seen).at(CLUSTER));
    findings.add(ClusterProbes.slots(slots, needs.partitions()).at(CLUSTER));
    if (store.root().getScheme().equals("file")) {
      findings.add(ClusterProbes.localStore(store.root()).at(CLUSTER));
    }
    return findings;
  }

  private List<Finding> looked(JavaSparkContext spark, int tasks, int workers) {
    ExecutorTask task =
        new ExecutorTask(
            UUID.randomUUID().toString(), needs, workers, store.root(), filesystems, hadoop());
    List<Integer> slots = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
    return new ArrayList<>(
        SparkFailures.translating(
            () -> spark.parallelize(slots, tasks).mapPartitions(task).collect()));
  }

  /** The settings that spark-submit has handed on, for executors whose files don't have them. */
  private static Map<String, String> hadoop() {
    Map<String, String> settings = new HashMap<>();
    Configuration files = new Configuration();
    SparkRuntime.hadoopConfiguration()
        .forEach(
            entry -> {
              if (!entry.getValue().equals(files.getRaw(entry.getKey()))) {
                settings.put(entry.getKey(), entry.getValue());
              }
            });
    return settings;
  }

  /** How many executors there are once no other has come for a second. */
  private static int settledExecutors(JavaSparkContext spark) {
    long start = System.nanoTime();
    long since = start;
    int before = 0;
    while (System.nanoTime() - start < MOST_WAIT_NANOS
        && (before == 0 || System.nanoTime() - since < SETTLED_NANOS)) {
      int now = spark.sc().statusTracker().getExecutorInfos().length - 1;
      if (now != before) {
        before = now;
        since = System.nanoTime();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return Math.max(1, before);
  }
}
