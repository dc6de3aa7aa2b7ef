package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Turns what a job file says about a file's place into a URI that a task elsewhere can open. */
public final class FileLocations {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");

  private FileLocations() {}

  /**
   * A text with a scheme ({@code hdfs://host/digits.gz}, {@code file:/data/x}) is taken as it
   * stands; any other is a local path, relative to the working folder, and becomes an absolute
   * {@code file:} URI.
   *
   * @throws DataException when the text is neither
   */
  public static URI uriOf(String pathOrUri) {
    try {
      return SCHEME.matcher(pathOrUri).matches()
          ? new URI(pathOrUri)
          : Path.of(pathOrUri).toAbsolutePath().normalize().toUri();
    } catch (URISyntaxException | InvalidPathException e) {
      throw new DataException(
          new Problem(
              "\"" + pathOrUri + "\" as the place of a file (" + e.getMessage() + ")",
              "a local path or a URI such as hdfs://host:8020/digits/train-images.gz",
              "correct the path in the job file (a space in a URI is written %20)"),
          e);
    }
  }
}
