package io.secateur.train;

import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.slf4j.MDC;

/**
 * Spark as the jobs need it: Kryo with our registrations and no others, no UI, one maths thread.
 */
public final class SparkRuntime {
  /** The id of the job in the context of log lines; Spark takes such names to executors. */
  public static final String LOGGED_JOB = "mdc.job";

  private static final String LOGGED_MODEL = "mdc.model";
  private static final String REGISTRATORS =
      "io.secateur.train.SecateurKryoRegistrator,"
          + "io.secateur.sensitivity.SweepKryoRegistrator,"
          + "io.secateur.preflight.PreflightKryoRegistrator,"
          + "io.secateur.catalog.CatalogKryoRegistrator,"
          + "io.secateur.train.dl4j.Dl4jKryoRegistrator,"
          + "org.nd4j.kryo.Nd4jRegistrator";

  private static final String STANDALONE = "spark://";
  private static final int CONNECT_MILLIS = 10_000;

  /** What executors say of classes that they don't have. */
  private static final List<String> WITHOUT_OUR_JARS =
      List.of("unread block data", "register classes with Kryo", "ClassNotFoundException: io.sec");

  private SparkRuntime() {}

  /** The settings of a job on a master; what spark-submit or system properties set is kept. */
  public static SparkConf configuration(String master, String applicationName) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName(applicationName);
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    conf.set("spark.kryo.registrator", REGISTRATORS);
    conf.set("spark.kryo.registrationRequired", "true");
    conf.set("spark.kryoserializer.buffer.max", "1g");
    conf.setIfMissing("spark.kryoserializer.buffer", "4m");
    // results of rounds take the short way to the driver, not through block managers
    conf.setIfMissing("spark.task.maxDirectResultSize", "32m");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // parameters are noise to a compressor
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.setIfMissing("spark.broadcast.compress", "false");
    // sweeps and variants of several threads share the cluster, each in a pool of its own
    conf.setIfMissing("spark.scheduler.mode", "FAIR");
    // a worker stays with the partition that it has cached
    conf.setIfMissing("spark.locality.wait", "10s");
    // ND4J's threads would fight with Spark's
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    conf.set("spark.executor.extraJavaOptions", withVectors(conf));
    if (isLocal(master)) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else {
      conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    }
    return conf;
  }

  /**
   * The Vector API is a module that a JVM must be told to have, and its loads are faster when
   * arrays start on cache lines and when bounds, which tests check, are not checked again. What is
   * set already is left alone.
   */
  private static String withVectors(SparkConf conf) {
    String options = conf.get("spark.executor.extraJavaOptions", "");
    if (!options.contains("jdk.incubator.vector")) {
      options += " --add-modules=jdk.incubator.vector";
    }
    if (!options.contains("ObjectAlignmentInBytes")) {
      options += " -XX:ObjectAlignmentInBytes=64";
    }
    if (!options.contains("VECTOR_ACCESS_OOB_CHECK")) {
      options += " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";
    }
    return options.strip();
  }

  /** Whether tasks run in the driver's own process. */
  public static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /**
   * Hadoop's settings as tasks have them: those of the class path, then {@code spark.hadoop.*} of
   * spark-submit or of the system properties.
   */
  public static Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * Starts Spark.
   *
   * @throws ClusterException when the master can't be used or reached
   */
  public static JavaSparkContext open(String master, String applicationName) {
    return open(configuration(master, applicationName));
  }

  /**
   * Starts Spark, and waits for executors for as long as the cluster lets it.
   *
   * @throws ClusterException when the master can't be used or reached
   */
  public static JavaSparkContext open(SparkConf conf) {
    return open(conf, Duration.ofNanos(Long.MAX_VALUE));
  }

  /**
   * Starts Spark.
   *
   * @param patience for the first executor
   * @throws ClusterException when the master can't be used or reached, or has no executor for us
   */
  public static JavaSparkContext open(SparkConf conf, Duration patience) {
    requireListening(conf.get("spark.master"));
    JavaSparkContext spark = null;
    try {
      spark = new JavaSparkContext(conf);
      if (!isLocal(conf.get("spark.master"))) {
        // a context opens without its master, and stops by itself a moment later
        spark.setJobDescription("see whether the cluster runs tasks");
        spark.parallelize(List.of(1), 1).countAsync().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        spark.setJobDescription(null);
      }
      return spark;
    } catch (TimeoutException e) {
      spark.close();
      throw withoutExecutors(conf, patience, e);
    } catch (Exception e) { // Scala throws checked exceptions past the compiler
      if (spark != null) {
        spark.close();
      }
      throw unusable(conf, e);
    }
  }

  private static ClusterException withoutExecutors(
      SparkConf conf, Duration patience, TimeoutException e) {
    return new ClusterException(
        new Problem(
            "no executor of " + conf.get("spark.master") + " in " + patience.toSeconds() + " s",
            "one that starts, with free cores and memory for it",
            "look into the executors' logs and at what else runs on the cluster;"
                + " spark.executor.memory is "
                + conf.get("spark.executor.memory", "1g")),
        e);
  }

  /**
   * Looks whether one of the masters of a standalone cluster listens: Spark itself asks them for a
   * minute. Other clusters, and addresses that are none, are left to Spark.
   *
   * @param master as {@code --master} has it
   * @throws ClusterException when none does
   */
  public static void requireListening(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (String address : master.substring(STANDALONE.length()).split(",", -1)) {
      int colon = address.lastIndexOf(':');
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(address.substring(colon + 1));
        String host = address.substring(0, Math.max(0, colon));
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        reasons.add(address + ": " + e.getMessage());
      } catch (IllegalArgumentException e) {
        return;
      }
    }
    throw new ClusterException(
        new Problem(
            "no Spark master that listens at " + master + " (" + String.join("; ", reasons) + ")",
            "a standalone cluster that is up",
            "correct --master, or start one: deploy/bin/mini-cluster up"));
  }

  /**
   * Puts a job and its model in the context of log lines: this thread's, and those of its tasks.
   */
  public static void logAs(JavaSparkContext spark, String jobId, String model) {
    MDC.put(LOGGED_JOB, jobId);
    MDC.put(LOGGED_MODEL, model);
    spark.setLocalProperty(LOGGED_JOB, jobId);
    spark.setLocalProperty(LOGGED_MODEL, model);
  }

  private static ClusterException unusable(SparkConf conf, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String message = String.valueOf(cause.getMessage());
    String reason = message.lines().findFirst().orElse("");
    boolean withoutUs = WITHOUT_OUR_JARS.stream().anyMatch(message::contains);
    return new ClusterException(
        new Problem(
            "Spark master " + conf.get("spark.master") + " that can't be used: " + reason,
            withoutUs
                ? "executors that have Secateur's jars"
                : "local[n], or a cluster that is up, as in spark://host:7077",
            withoutUs ? "start it with secateur submit, which brings them" : "check --master"),
        e);
  }
}
