package io.secateur.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spark with executors in JVMs of their own on this machine, from this JVM's class path: what Spark
 * has to be told, for without an installation it would look for one. Their logs go to {@code work/}
 * below SPARK_HOME, or below the working folder.
 */
public final class LocalExecutors {
  private LocalExecutors() {}

  /**
   * The master of so many executors of one core.
   *
   * @param megabytes of each executor's heap
   */
  public static String master(int executors, int megabytes) {
    return "local-cluster[" + executors + ",1," + megabytes + "]";
  }

  /** Spark's settings. */
  public static Map<String, String> settings(int megabytes) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.12");
    settings.put("spark.executorEnv.SPARK_TESTING", "1");
    settings.put("spark.executor.memory", megabytes + "m");
    settings.put("spark.executor.extraClassPath", absoluteClassPath());
    settings.put(
        "spark.executor.extraJavaOptions",
        "--add-modules=jdk.incubator.vector -Dorg.eclipse.deeplearning4j.helpers.disable=false");
    return settings;
  }

  private static String absoluteClassPath() {
    String separator = System.getProperty("path.separator");
    return Arrays.stream(System.getProperty("java.class.path").split(separator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(separator));
  }
}
