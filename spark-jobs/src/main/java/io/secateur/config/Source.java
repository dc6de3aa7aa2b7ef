package io.secateur.config;

import io.secateur.network.ShippedNetwork;
import java.net.URI;
import java.util.Locale;

/** Where a job's network comes from. */
public sealed interface Source permits Source.Shipped, Source.Stored, Source.FromFile {
  /** The job file's key: {@code network}, {@code from} or {@code from-file}. */
  String key();

  /** The job file's value. */
  String value();

  /** The name to publish as when the job file has none; may not be a valid model name. */
  String defaultName();

  /** A network that ships, trained from scratch. */
  record Shipped(ShippedNetwork network) implements Source {
    @Override
    public String key() {
      return "network";
    }

    @Override
    public String value() {
      return network.wireName();
    }

    @Override
    public String defaultName() {
      return network.wireName();
    }
  }

  /**
   * A version in the store.
   *
   * @param reference {@code name}, {@code name@version} or {@code name@tag}
   */
  record Stored(String reference) implements Source {
    @Override
    public String key() {
      return "from";
    }

    @Override
    public String value() {
      return reference;
    }

    @Override
    public String defaultName() {
      int at = reference.indexOf('@');
      return at < 0 ? reference : reference.substring(0, at);
    }
  }

  /**
   * A zip that DL4J's ModelSerializer wrote.
   *
   * @param zip absolute
   */
  record FromFile(URI zip) implements Source {
    @Override
    public String key() {
      return "from-file";
    }

    @Override
    public String value() {
      return zip.toString();
    }

    @Override
    public String defaultName() {
      String path = zip.getPath();
      String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      return file.endsWith(".zip") ? file.substring(0, file.length() - ".zip".length()) : file;
    }
  }
}
