package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code deploy/bin/mini-cluster}, at free ports, with its files in a folder of the test's. */
final class MiniCluster {
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private final Path folder;
  private final Matcher up;

  private MiniCluster(Path folder, String told) {
    this.folder = folder;
    this.up = Pattern.compile("up: (\\S+) .*(hdfs://[0-9.:]+)").matcher(told);
    assertThat(up.find()).as(told).isTrue();
  }

  static MiniCluster standalone(Path folder) throws Exception {
    return new MiniCluster(folder, script(0, folder, "up", "--ports", "auto"));
  }

  static MiniCluster yarn(Path folder) throws Exception {
    return new MiniCluster(folder, script(0, folder, "up", "--yarn", "--ports", "auto"));
  }

  /** Runs the script. */
  static String script(int code, Path folder, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(CHECKOUT.resolve("deploy/bin/mini-cluster").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--dir", folder.toString()));
    Process script = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).as(told).isEqualTo(code);
    return told;
  }

  String master() {
    return up.group(1);
  }

  URI hdfs() {
    return URI.create(up.group(2));
  }

  /** A Spark installation's folder. */
  Path sparkHome() {
    return folder.resolve("spark");
  }

  /** What Hadoop's clients are told of HDFS and YARN. */
  Path hadoopConf() {
    return folder.resolve("conf");
  }

  /** The process of a member, such as {@code worker-1}. */
  ProcessHandle process(String member) throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(folder.resolve("pids").resolve(member)).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** All processes of the cluster, with those that they have started. */
  List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    try (Stream<Path> members = Files.list(folder.resolve("pids"))) {
      for (Path member : members.toList()) {
        ProcessHandle process = process(member.getFileName().toString());
        all.add(process);
        process.descendants().forEach(all::add);
      }
    }
    return all;
  }

  void down() throws Exception {
    script(0, folder, "down");
  }
}
