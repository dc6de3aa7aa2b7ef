package io.secateur.submit;

import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is installed on this host, as the launcher tells it in system properties.
 *
 * @param home the folder of {@code jvm-options}
 * @param lib the jars that a Spark installation does not have
 * @param conf the folder of {@code spark-defaults.conf}
 * @param sparkHome a Spark installation; empty: Spark's jars are on this class path
 */
public record Installation(Path home, Path lib, Path conf, Optional<Path> sparkHome) {
  private static final String OWN_JAR = "spark-jobs";

  /**
   * This host's.
   *
   * @throws ClusterException when the process was not started by the launcher
   */
  public static Installation current() {
    return new Installation(
        place("secateur.home"),
        place("secateur.lib"),
        place("secateur.conf"),
        Optional.ofNullable(System.getenv("SPARK_HOME"))
            .filter(home -> !home.isBlank())
            .map(Path::of));
  }

  private static Path place(String property) {
    String place = System.getProperty(property);
    if (place == null) {
      throw new ClusterException(
          new Problem(
              "no system property " + property,
              "the folders of the installation",
              "start through the launcher, bin/secateur"));
    }
    return Path.of(place);
  }

  /** Every jar of {@link #lib}, sorted, the application's own first. */
  List<Path> jars() {
    try (Stream<Path> files = Files.list(lib)) {
      List<Path> jars =
          files.filter(file -> file.toString().endsWith(".jar")).sorted(this::ownFirst).toList();
      if (jars.isEmpty() || !isOwn(jars.get(0))) {
        throw new ClusterException(
            new Problem(
                "no " + OWN_JAR + " jar in " + lib,
                "the jars that travel to the cluster",
                "unpack the distribution again, or build the checkout with: mvn package"));
      }
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int ownFirst(Path a, Path b) {
    return isOwn(a) == isOwn(b) ? a.compareTo(b) : isOwn(a) ? -1 : 1;
  }

  private static boolean isOwn(Path jar) {
    return jar.getFileName().toString().startsWith(OWN_JAR);
  }

  /** What a JVM of ours is started with: module opens, the Vector API, DL4J's helpers. */
  List<String> jvmOptions() {
    try {
      return Files.readAllLines(home.resolve("jvm-options")).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
