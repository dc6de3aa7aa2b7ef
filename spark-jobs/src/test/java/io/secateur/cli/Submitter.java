package io.secateur.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code secateur} as a process, with what the launcher tells it. */
final class Submitter {
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder the process's working folder
   * @param environment variables beside this process's, without SPARK_HOME unless it is here
   */
  Submitter(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** How a process has ended. */
  record Outcome(int code, String printed) {}

  Outcome run(String... words) throws Exception {
    Process process = start(words);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), printed);
  }

  Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        Files.readAllLines(MiniCluster.CHECKOUT.resolve("deploy/jvm-options")).stream()
            .filter(line -> line.startsWith("-"))
            .toList());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dsecateur.home=" + MiniCluster.CHECKOUT.resolve("deploy"),
            "-Dsecateur.lib=" + Path.of("target/dist/lib").toAbsolutePath(),
            "-Dsecateur.conf=" + MiniCluster.CHECKOUT.resolve("conf"),
            "-cp",
            Stream.of(environment.get("HADOOP_CONF_DIR"), System.getProperty("java.class.path"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator)),
            Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
