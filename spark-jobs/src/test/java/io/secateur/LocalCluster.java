package io.secateur;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Spark with executors in JVMs of their own, from this JVM's class path. */
public final class LocalCluster {
  /** Two executors of one core and 1 GiB. */
  public static final String MASTER = "local-cluster[2,1,1024]";

  private LocalCluster() {}

  /** What Spark has to be told: without an installation it would look for one. */
  public static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.12");
    settings.put("spark.executorEnv.SPARK_TESTING", "1");
    settings.put("spark.executor.extraClassPath", absoluteClassPath());
    settings.put(
        "spark.executor.extraJavaOptions",
        "--add-modules=jdk.incubator.vector -Dorg.eclipse.deeplearning4j.helpers.disable=false");
    return settings;
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

  private static String absoluteClassPath() {
    String separator = System.getProperty("path.separator");
    return Arrays.stream(System.getProperty("java.class.path").split(separator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(separator));
  }
}
