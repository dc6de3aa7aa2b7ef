package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import java.util.regex.Pattern;

/**
 * The one place that knows which names a store accepts.
 *
 * <p>Names become path segments, so everything that reads a name checks it here first.
 */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** The longest name in characters: filesystems stop at 255 bytes, and suffixes are added. */
  public static final int MAX_LENGTH = 200;

  private Names() {}

  /**
   * The model name itself when it matches {@code [a-z0-9][a-z0-9._-]*} and has at most {@value
   * #MAX_LENGTH} characters.
   *
   * @throws UsageException otherwise
   */
  public static String requireModel(String name) {
    if (!isModel(name)) {
      throw new UsageException(
          new Problem(
              "model name \"" + name + "\"",
              "at most " + MAX_LENGTH + " characters that match [a-z0-9][a-z0-9._-]*",
              "choose a lower-case name such as lenet-300-100"));
    }
    return name;
  }

  /**
   * The tag itself when it is written like a model name and is not all digits.
   *
   * @throws UsageException otherwise
   */
  public static String requireTag(String tag) {
    if (!isTag(tag)) {
      throw new UsageException(
          new Problem(
              "tag \"" + tag + "\"",
              "at most "
                  + MAX_LENGTH
                  + " characters that match [a-z0-9][a-z0-9._-]* and are not all digits",
              "choose a tag such as production"));
    }
    return tag;
  }

  /** Whether this is a model name. */
  public static boolean isModel(String name) {
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
  }

  /** Whether this is a tag: written like a model name, and not all digits. */
  public static boolean isTag(String tag) {
    return isModel(tag) && !DIGITS.matcher(tag).matches();
  }

  /** Whether this is a plain file name: one path segment that is not hidden. */
  public static boolean isFile(String name) {
    return name.length() <= MAX_LENGTH && FILE.matcher(name).matches();
  }
}
