package io.secateur.config;

import io.secateur.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads job files. The command line beats the file: first every {@code --set} in order, then the
 * overrides. What is wrong is a {@link UsageException} that names key and line and says what is
 * allowed.
 */
public final class JobFileReader {
  private JobFileReader() {}

  /**
   * Reads a file.
   *
   * @param file YAML in UTF-8
   * @param sets {@code key.path=value}, the value in YAML; null takes a key away
   * @throws UsageException when the file is missing or anything in it is wrong
   */
  public static JobOptions read(Path file, List<String> sets, CommandLineOverrides overrides) {
    return read(file.toString(), bytes(file, "conf/reference.yaml"), sets, overrides);
  }

  /** Reads a file that ships in {@code conf/}, such as {@code demo.yaml}. */
  public static JobOptions readShipped(
      String name, List<String> sets, CommandLineOverrides overrides) {
    return read("conf/" + name, ShippedConf.bytes(name), sets, overrides);
  }

  /**
   * Reads a file's bytes.
   *
   * @param name of the file, for messages
   */
  public static JobOptions read(
      String name, byte[] yaml, List<String> sets, CommandLineOverrides overrides) {
    JobDocument document = YamlTree.document(name, yaml);
    if (RecordedJob.isRecord(document.root())) {
      document.root().remove(RecordedJob.RUN);
    }
    sets.forEach(document::set);
    new JobSchema().check(document);
    JobRules.check(document);
    JobOptions options = new JobSections(document).options(overrides);
    JobRules.checkLayers(document, options);
    return options;
  }

  /**
   * The bytes of a file that a user names.
   *
   * @param example one that ships
   */
  static byte[] bytes(Path file, String example) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "no job file %s".formatted(file),
          "a YAML file",
          "correct the path, or start from a copy of " + example);
    } catch (IOException e) {
      throw new UsageException(
          "a job file that can't be read: %s (%s)".formatted(file, e.getClass().getSimpleName()),
          "a readable YAML file",
          "correct the path or its permissions");
    }
  }
}
