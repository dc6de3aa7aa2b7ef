package io.secateur.submit;

import io.secateur.error.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Spark's settings of a submitted job: those of our {@code spark-defaults.conf}, over them those of
 * the Spark installation's, over all {@code --conf}.
 */
final class SparkSettings {
  private static final String FILE = "spark-defaults.conf";

  private final Map<String, String> values = new TreeMap<>();

  /**
   * Reads the files that there are.
   *
   * @param conf {@code key=value} of the command line
   * @throws UsageException for one without "=" or that is not Spark's
   */
  static SparkSettings of(
      Installation installation, Map<String, String> environment, List<String> conf) {
    SparkSettings settings = new SparkSettings();
    settings.load(installation.conf().resolve(FILE));
    Optional.ofNullable(environment.get("SPARK_CONF_DIR"))
        .map(Path::of)
        .or(() -> installation.sparkHome().map(home -> home.resolve("conf")))
        .ifPresent(folder -> settings.load(folder.resolve(FILE)));
    for (String assignment : conf) {
      int equals = assignment.indexOf('=');
      if (equals < 0 || !assignment.startsWith("spark.")) {
        throw new UsageException(
            "--conf " + assignment,
            "a setting of Spark, as in --conf spark.executor.memory=4g",
            "correct it");
      }
      settings.set(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return settings;
  }

  private void load(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader); // as Spark itself reads it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name).strip()));
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  void setIfMissing(String name, String value) {
    values.putIfAbsent(name, value);
  }

  String get(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  /** Puts words before those that a setting has already. */
  void prepend(String name, List<String> words) {
    List<String> all = new ArrayList<>(words);
    Optional.ofNullable(values.get(name)).ifPresent(all::add);
    values.put(name, String.join(" ", all));
  }

  /**
   * A file for {@code --properties-file}, which only this user can read: passwords may be in it.
   */
  Path write() {
    Properties properties = new Properties();
    properties.putAll(values);
    try {
      Path file = Files.createTempFile("secateur-submit-", ".properties");
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
