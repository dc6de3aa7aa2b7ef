package io.secateur.submit;

import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Spark's {@code SparkSubmit} as a process: of {@code $SPARK_HOME} when that is set, else from the
 * jars of this class path.
 */
public final class SparkSubmitProcess {
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String KUBERNETES_CLIENT =
      "org.apache.spark.deploy.k8s.submit.KubernetesClientApplication";

  private final Installation installation;
  private final Submission submission;
  private final SparkSettings settings;
  private final List<String> given;

  /**
   * Reads the settings.
   *
   * @throws io.secateur.error.UsageException when one of the command line is wrong
   * @throws ClusterException when nothing here can submit to such a cluster
   */
  public SparkSubmitProcess(Installation installation, Submission submission) {
    this.installation = installation;
    this.submission = submission;
    this.settings = SparkSettings.of(installation, System.getenv(), submission.conf());
    this.given =
        Arrays.stream(settings.get(DRIVER_OPTIONS, "").split(" "))
            .filter(word -> !word.isEmpty())
            .toList();
    if (submission.master().isKubernetes() && !knowsKubernetes()) {
      throw new ClusterException(
          new Problem(
              "--master " + submission.master().url() + " without SPARK_HOME",
              "Spark's Kubernetes client, which the bundled jars leave out",
              "set SPARK_HOME to a Spark 3.5 installation"));
    }
  }

  private boolean knowsKubernetes() {
    if (installation.sparkHome().isPresent()) {
      return true;
    }
    try {
      Class.forName(KUBERNETES_CLIENT, false, getClass().getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Starts it. What the driver prints in client mode comes out here; what Spark says of a driver
   * that runs elsewhere goes to {@code submit.log} of the out folder.
   *
   * @param upload copies jars to where a cluster sees them
   */
  public Process start(StoreUpload upload) {
    List<String> jars = jars(upload);
    settings.set("spark.jars", String.join(",", jars.subList(1, jars.size())));
    fill();
    Path properties = settings.write();
    properties.toFile().deleteOnExit();
    List<String> command = new ArrayList<>(launcher());
    command.addAll(
        List.of(
            "--master",
            submission.master().url(),
            "--deploy-mode",
            submission.mode().wireName(),
            "--name",
            submission.name(),
            "--class",
            submission.mainClass(),
            "--properties-file",
            properties.toString(),
            jars.get(0)));
    command.addAll(submission.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    environment(builder.environment());
    if (submission.mode() == DeployMode.CLIENT) {
      builder.inheritIO();
    } else {
      builder.redirectErrorStream(true).redirectOutput(log().toFile());
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ClusterException(
          new Problem(
              "that " + command.get(0) + " can't be started (" + e.getMessage() + ")",
              "Spark's launcher",
              "correct SPARK_HOME, or unset it to use the bundled jars"),
          e);
    }
  }

  /** What Spark's launcher says of a driver that runs on the cluster. */
  public Path log() {
    return submission.out().resolve("submit.log");
  }

  /** A driver here takes them from here, and serves them to executors; one elsewhere can't. */
  private List<String> jars(StoreUpload upload) {
    URI shared = URI.create(submission.store().toString().replaceFirst("/$", "") + "/lib");
    return installation.jars().stream()
        .map(
            jar ->
                submission.mode() == DeployMode.CLIENT
                    ? jar.toUri().toString()
                    : upload.jar(jar, shared).toString())
        .toList();
  }

  private void fill() {
    boolean wait = submission.waiting() == Submission.Wait.UNTIL_ENDED;
    for (String cluster : List.of("yarn", "standalone", "kubernetes")) {
      String key = cluster.equals("kubernetes") ? "submission" : "submit";
      settings.set("spark." + cluster + "." + key + ".waitAppCompletion", Boolean.toString(wait));
    }
    settings.prepend(
        DRIVER_OPTIONS,
        driverOptions().stream()
            .map(option -> option.contains(" ") ? '"' + option + '"' : option)
            .toList());
    // a job that failed would only fail again; it is resumed by whoever wants that
    settings.setIfMissing("spark.yarn.maxAppAttempts", "1");
    settings.setIfMissing("spark.yarn.appMasterEnv.OMP_NUM_THREADS", "1");
    settings.setIfMissing("spark.kubernetes.driverEnv.OMP_NUM_THREADS", "1");
    if (submission.master().isYarn() && installation.sparkHome().isEmpty()) {
      if (settings.get("spark.yarn.archive", "").isEmpty()) {
        settings.setIfMissing("spark.yarn.jars", bundledSpark());
      }
    }
  }

  private List<String> driverOptions() {
    List<String> options = new ArrayList<>(installation.jvmOptions());
    options.add("-XX:ObjectAlignmentInBytes=64");
    options.add("-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0");
    if (submission.mode() == DeployMode.CLIENT) {
      options.addAll(logOptions(submission.out().resolve("spark.log")));
      for (String property : List.of("secateur.terminal", "secateur.columns")) {
        String value = System.getProperty(property);
        if (value != null) {
          options.add("-D" + property + "=" + value);
        }
      }
    }
    return options;
  }

  private List<String> logOptions(Path file) {
    return List.of(
        "-Dlog4j2.configurationFile=" + installation.conf().resolve("log4j2.properties").toUri(),
        "-Dsecateur.log=" + file);
  }

  private List<String> launcher() {
    if (installation.sparkHome().isPresent()) {
      return List.of(installation.sparkHome().get().resolve("bin/spark-submit").toString());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (submission.mode() == DeployMode.CLIENT) {
      // this process is the driver
      command.add("-Xmx" + settings.get("spark.driver.memory", "2g"));
      command.addAll(driverOptions());
      command.addAll(given);
    } else {
      command.add("-Xmx512m");
      command.addAll(installation.jvmOptions());
      command.addAll(logOptions(log()));
    }
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), "org.apache.spark.deploy.SparkSubmit"));
    return command;
  }

  private void environment(Map<String, String> environment) {
    environment.putIfAbsent("OMP_NUM_THREADS", "1");
    if (submission.master().isLoopback()) {
      environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
    }
    if (submission.mode() == DeployMode.CLUSTER) {
      environment.merge(
          "SPARK_SUBMIT_OPTS",
          String.join(" ", logOptions(log())),
          (had, ours) -> had + " " + ours);
    }
  }

  /** What YARN's containers need of Spark: this class path without what travels anyway. */
  private String bundledSpark() {
    Set<String> travelling =
        installation.jars().stream()
            .map(jar -> jar.getFileName().toString())
            .collect(Collectors.toSet());
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.toString().endsWith(".jar"))
        .filter(path -> !travelling.contains(path.getFileName().toString()))
        .filter(path -> !path.getFileName().toString().matches("(spark-jobs|model-store).jar"))
        .map(path -> path.toUri().toString())
        .collect(Collectors.joining(","));
  }
}
