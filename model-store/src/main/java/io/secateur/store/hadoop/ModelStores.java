package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import io.secateur.store.ModelStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;

/** Opens model stores. */
public final class ModelStores {
  /**
   * When a file is closed before its DataNode has reported the block, HDFS's client asks again
   * after 400 ms: twenty times what writing a small file takes. It begins with 5 ms here, and asks
   * for 20 s in all as it did before.
   */
  private static final Map<String, String> SMALL_FILES =
      Map.of(
          "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5",
          "dfs.client.block.write.locateFollowingBlock.retries", "11");

  private ModelStores() {}

  /**
   * The store at a {@code file:} or {@code hdfs:} URI, or at a local path. Nothing is created or
   * read until it is used.
   *
   * @see #open(URI, Filesystems, Map)
   */
  public static ModelStore open(URI root) {
    return open(root, Filesystems.PROVEN_ONLY);
  }

  /**
   * The store at a URI.
   *
   * @see #open(URI, Filesystems, Map)
   */
  public static ModelStore open(URI root, Filesystems allowed) {
    return open(root, allowed, Map.of());
  }

  /**
   * The store at a URI. Relative {@code file:} URIs and URIs without a scheme are paths from the
   * working folder.
   *
   * @param root where the store is, or will be
   * @param allowed which filesystems may be used
   * @param hadoop settings for Hadoop's client, over those of its files on the class path
   * @throws UsageException when the filesystem isn't allowed, or the URI can't name a store
   * @throws StoreException when the filesystem can't be reached
   */
  public static ModelStore open(URI root, Filesystems allowed, Map<String, String> hadoop) {
    String scheme = root.getScheme() == null ? "file" : root.getScheme();
    if (scheme.equals("file")) {
      return new HadoopModelStore(new LocalFiles(localPath(root)));
    }
    if (!scheme.equals("hdfs") && allowed == Filesystems.PROVEN_ONLY) {
      throw new UsageException(
          new Problem(
              "store " + root,
              "a store on file: or hdfs:, the filesystems that are proven",
              "choose another store, or pass --unproven-filesystem at your own risk"));
    }
    return new HadoopModelStore(hadoopFiles(root, hadoop));
  }

  private static Path localPath(URI root) {
    String path = root.isOpaque() ? root.getSchemeSpecificPart() : root.getPath();
    if (root.getAuthority() != null || path == null || path.isEmpty()) {
      throw unusable(root, "file:///absolute/path or file:relative/path", null);
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw unusable(root, "a path of this machine", e);
    }
  }

  static StoreFiles hadoopFiles(URI root, Map<String, String> settings) {
    if (root.isOpaque() || root.getPath().isEmpty()) {
      throw unusable(root, root.getScheme() + "://host:port/absolute/path", null);
    }
    Configuration configuration = configuration(settings);
    try {
      FileContext files = FileContext.getFileContext(root, configuration);
      return new HadoopFiles(files, files.makeQualified(new org.apache.hadoop.fs.Path(root)));
    } catch (IOException | RuntimeException e) {
      // Unknown hosts and filesystems come wrapped in runtime exceptions of several layers.
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new StoreException(
          new Problem(
              "store " + root + " can't be opened (" + cause + ")",
              "a filesystem that can be reached",
              "check host and port, or choose another store with --store"),
          e);
    }
  }

  /**
   * What Hadoop's client is told: its files on the class path, ours over it, the caller's over all.
   */
  static Configuration configuration(Map<String, String> settings) {
    Configuration configuration = new Configuration();
    SMALL_FILES.forEach(configuration::set);
    settings.forEach(configuration::set);
    return configuration;
  }

  private static UsageException unusable(URI root, String expected, Exception cause) {
    return new UsageException(
        new Problem("store " + root, expected, "choose the store with --store"), cause);
  }
}
