package io.secateur.cli;

import java.nio.file.Path;

/**
 * The file that Spark's log and stack traces go to. log4j2 reads its name from the property {@code
 * secateur.log} when the first line is logged, and creates it then; so the name has to be chosen
 * before. A name that was given to the process ({@code -Dsecateur.log=…}) stands.
 *
 * @param path the file
 */
record LogFile(Path path) {
  private static final String PROPERTY = "secateur.log";

  /** The file, which for a command without an out folder lies with the temporary files. */
  static LogFile current() {
    return choose(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "secateur-" + System.getProperty("user.name") + ".log"));
  }

  /** A job's log, in its out folder. */
  static LogFile in(Path out) {
    return choose(out.resolve("spark.log"));
  }

  private static LogFile choose(Path path) {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return new LogFile(Path.of(given));
    }
    System.setProperty(PROPERTY, path.toAbsolutePath().toString());
    return new LogFile(path);
  }
}
