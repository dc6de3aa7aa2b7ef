package io.secateur.catalog;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.prune.Pruner;
import io.secateur.store.ModelVersion;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.dl4j.NetworkZip;
import io.secateur.train.dl4j.TensorPiece;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A DL4J zip on any filesystem; what is not on this host is copied here first. */
final class ZipSource implements ModelSource {
  private static final int BUFFER_BYTES = 1 << 18;

  private final NetworkZip zip;

  private ZipSource(NetworkZip zip) {
    this.zip = zip;
  }

  /** A file of this host with the hash of its content. */
  static final class Copy implements AutoCloseable {
    private final Path file;
    private final boolean temporary;
    private final String fingerprint;

    private Copy(Path file, boolean temporary, String fingerprint) {
      this.file = file;
      this.temporary = temporary;
      this.fingerprint = fingerprint;
    }

    /** {@code sha256:…} of its bytes. */
    String fingerprint() {
      return fingerprint;
    }

    /**
     * Opens it.
     *
     * @param name how messages call it
     * @param input the shape of an example, if the policy says it
     */
    ZipSource open(String name, Optional<Shape> input) {
      return new ZipSource(NetworkZip.open(file, name, input));
    }

    @Override
    public void close() {
      if (temporary) {
        delete(file);
      }
    }
  }

  /**
   * Reads a file once.
   *
   * @throws DataException when it can't be read
   */
  static Copy fetch(URI place) {
    Path copy = null;
    try {
      if ("file".equals(place.getScheme())) {
        Path file = Path.of(place);
        return new Copy(
            file, false, digest(Files.newInputStream(file), OutputStream.nullOutputStream()));
      }
      copy = Files.createTempFile("secateur-model", ".zip");
      var remote = new org.apache.hadoop.fs.Path(place);
      InputStream in = remote.getFileSystem(SparkRuntime.hadoopConfiguration()).open(remote);
      try (OutputStream out = Files.newOutputStream(copy)) {
        Copy fetched = new Copy(copy, true, digest(in, out));
        copy = null;
        return fetched;
      }
    } catch (IOException e) {
      throw new DataException(
          new Problem(
              place + " that can't be read (" + e.getMessage() + ")",
              "a readable file",
              "check the catalog's folder and its permissions"),
          e);
    } finally {
      delete(copy);
    }
  }

  private static String digest(InputStream content, OutputStream to) throws IOException {
    try (InputStream in = content) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      DigestInputStream digesting = new DigestInputStream(in, sha256);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = digesting.read(buffer); read >= 0; read = digesting.read(buffer)) {
        to.write(buffer, 0, read);
      }
      return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  @Override
  public NetworkDefinition definition() {
    return zip.definition();
  }

  @Override
  public ParameterLayout layout() {
    return zip.layout();
  }

  @Override
  public List<ParameterTensor> begun() {
    return List.copyOf(
        new LinkedHashSet<>(zip.pieces().stream().map(TensorPiece::tensor).toList()));
  }

  @Override
  public List<ParameterTensor> arriving() {
    List<ParameterTensor> backwards =
        new ArrayList<>(zip.pieces().stream().map(TensorPiece::tensor).toList());
    Collections.reverse(backwards);
    List<ParameterTensor> last = new ArrayList<>(new LinkedHashSet<>(backwards));
    Collections.reverse(last);
    return last;
  }

  @Override
  public Map<String, Long> weightsBeforePruning() {
    return Pruner.denseCounts(zip.layout());
  }

  @Override
  public Optional<ModelVersion> version() {
    return Optional.empty();
  }

  @Override
  public void read(NetworkZip.Destination destination) {
    zip.read(destination);
  }

  @Override
  public void close() {
    zip.close();
  }
}
