package io.secateur.submit;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/** Copies files of this host to where the cluster sees them: beside the store's models. */
public final class StoreUpload {
  private static final int DIGEST_DIGITS = 16;

  private final Configuration configuration;

  /**
   * @param configuration Hadoop's settings
   */
  public StoreUpload(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Copies a file or folder, unless it is there with the same length.
   *
   * @param file a {@code file:} URI
   * @param target the copy's place
   * @throws DataException when this host does not have the file
   * @throws StoreException when it can't be copied
   */
  public void copy(URI file, URI target) {
    try {
      Path from = new Path(file);
      Path to = new Path(target);
      FileSystem local = from.getFileSystem(configuration);
      FileSystem remote = to.getFileSystem(configuration);
      if (!remote.exists(to) || length(remote, to) != length(local, from)) {
        remote.mkdirs(to.getParent());
        remote.delete(to, true);
        FileUtil.copy(local, from, remote, to, false, true, configuration);
      }
    } catch (FileNotFoundException e) {
      throw new DataException(
          new Problem(
              "no " + file + " on this host",
              "a local file, which then travels with the job, or one that the cluster sees",
              "correct its place in the job file, or name it as in hdfs://host:8020/data/file"),
          e);
    } catch (IOException e) {
      throw refused(target, e);
    }
  }

  private static long length(FileSystem files, Path path) throws IOException {
    return files.getContentSummary(path).getLength();
  }

  /**
   * Copies a jar under a name that its content gives, so that it is copied once for all jobs.
   *
   * @param folder where jars lie
   * @return the copy's place
   * @throws StoreException when it can't be copied
   */
  public URI jar(java.nio.file.Path jar, URI folder) {
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    URI target = URI.create(folder + "/" + name + "-" + digest(jar) + ".jar");
    try {
      Path to = new Path(target);
      FileSystem remote = to.getFileSystem(configuration);
      if (!remote.exists(to)) {
        // whoever reads it must see all of it
        Path written = new Path(to.getParent(), "." + UUID.randomUUID());
        remote.copyFromLocalFile(false, true, new Path(jar.toUri()), written);
        if (!remote.rename(written, to)) {
          remote.delete(written, false); // another submitter was faster
        }
      }
      return target;
    } catch (IOException e) {
      throw refused(target, e);
    }
  }

  private static String digest(java.nio.file.Path file) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGEST_DIGITS);
    } catch (IOException e) {
      throw refused(file.toUri(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StoreException refused(URI place, IOException e) {
    return new StoreException(
        new Problem(
            "that " + place + " can't be written or read (" + e + ")",
            "a store that takes files",
            "check --store, its permissions and its space"),
        e);
  }
}
