package io.secateur;

import io.secateur.bench.LocalExecutors;
import java.util.Map;

/** Spark with executors in JVMs of their own, from this JVM's class path. */
public final class LocalCluster {
  /** Two executors of one core and 1 GiB. */
  public static final String MASTER = LocalExecutors.master(2, 1024);

  private LocalCluster() {}

  /** What Spark has to be told: without an installation it would look for one. */
  public static Map<String, String> settings() {
    return LocalExecutors.settings(1024);
  }

  /** As kill -9 does: the process has no say in it. All Java below this JVM is executors. */
  public static void killOneExecutor() {
    ProcessHandle executor =
        ProcessHandle.current()
            .descendants()
            .filter(LocalCluster::isExecutor)
            .findAny()
            .orElseThrow(() -> new IllegalStateException("no executor runs"));
    executor.destroyForcibly();
    executor.onExit().join();
  }

  /** Arguments are not told of a process with a class path as long as theirs. */
  private static boolean isExecutor(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("java")).isPresent();
  }
}
