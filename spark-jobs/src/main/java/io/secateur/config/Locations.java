package io.secateur.config;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths and URIs as users write them, made absolute. */
public final class Locations {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private Locations() {}

  /**
   * Resolves a location.
   *
   * @param location a URI with a scheme, or a path; a relative one is below the working directory
   * @param where names the option or key in the message
   * @return an absolute URI, without a slash at its end; {@code file:} URIs as {@code file:///…}
   * @throws UsageException when it is neither
   */
  public static URI uri(String location, String where) {
    try {
      if (location.isBlank()) {
        throw new InvalidPathException(location, "it is empty");
      }
      if (!SCHEME.matcher(location).matches()) {
        return file(Path.of(location));
      }
      URI uri = new URI(location);
      if ("file".equalsIgnoreCase(uri.getScheme()) && uri.getAuthority() == null) {
        return file(Path.of(uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath()));
      }
      return uri;
    } catch (URISyntaxException | InvalidPathException e) {
      throw new UsageException(
          new Problem(
              "'%s' for %s: %s".formatted(location, where, e.getMessage()),
              "a path, or a URI such as file:///var/lib/secateur or hdfs://host:8020/secateur",
              "correct it"));
    }
  }

  private static URI file(Path path) {
    String uri = path.toAbsolutePath().normalize().toUri().toString();
    return URI.create(
        uri.endsWith("/") && uri.length() > "file:///".length()
            ? uri.substring(0, uri.length() - 1)
            : uri);
  }
}
