package io.secateur.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Globs over names: {@code *}, {@code ?}, {@code [a-c]} and {@code {a,b}}. */
public final class Globs {
  private Globs() {}

  /** Whether a name, which has no slash, matches. */
  public static boolean matches(String glob, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }

  /** Whether a text is more than a name. */
  public static boolean isGlob(String text) {
    return text.chars().anyMatch(character -> "*?[{".indexOf(character) >= 0);
  }
}
