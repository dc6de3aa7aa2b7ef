package io.secateur.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of {@code conf/}, which are in the jar too. */
public final class ShippedConf {
  private static final String FOLDER = "/io/secateur/conf/";

  private ShippedConf() {}

  /**
   * The bytes of a file that ships.
   *
   * @param name below conf/, such as {@code demo.yaml}
   * @throws IllegalArgumentException when none of this name ships
   */
  public static byte[] bytes(String name) {
    try (InputStream file = ShippedConf.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalArgumentException(
            "found no %s%s on the class path; expected a file that ships".formatted(FOLDER, name));
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
