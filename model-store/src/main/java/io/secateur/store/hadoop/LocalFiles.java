package io.secateur.store.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code file:} by java.nio: durable by fsync of files and folders, atomic by hard link. */
final class LocalFiles implements StoreFiles {
  private final Path root;

  LocalFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public URI root() {
    // Path.toUri adds a slash when the folder exists, and the root's name must not depend on that.
    String uri = root.toUri().toString();
    return URI.create(
        uri.length() > 8 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
  }

  @Override
  public Patience patience() {
    return Patience.LOCAL;
  }

  @Override
  public void createFolder(String folder) throws IOException {
    translating(() -> createDurably(root.resolve(folder)));
  }

  private static void createDurably(Path folder) throws IOException {
    if (isFolder(folder)) {
      return;
    }
    Path parent = folder.getParent();
    createDurably(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!isFolder(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
    }
    sync(parent);
  }

  /** Unlike {@code Files.isDirectory}, doesn't take a failure for a no. */
  private static boolean isFolder(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void write(String file, byte[] content) throws IOException {
    Path path = root.resolve(file);
    translating(
        () -> {
          try (FileChannel channel =
              FileChannel.open(
                  path,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
            channel.force(true);
          }
        });
  }

  @Override
  public void commit(String written, String name) throws IOException {
    Path source = root.resolve(written);
    Path target = root.resolve(name);
    translating(
        () -> {
          Files.createLink(target, source);
          sync(target.getParent());
        });
  }

  @Override
  public void replace(String written, String name) throws IOException {
    Path source = root.resolve(written);
    Path target = root.resolve(name);
    translating(
        () -> {
          Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
          sync(target.getParent());
        });
  }

  @Override
  public void sync(String folder) throws IOException {
    translating(() -> sync(root.resolve(folder)));
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public boolean exists(String name) throws IOException {
    try {
      Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public long length(String file) throws IOException {
    return Files.size(root.resolve(file));
  }

  @Override
  public Instant modified(String name) throws IOException {
    return Files.getLastModifiedTime(root.resolve(name)).toInstant();
  }

  @Override
  public byte[] read(String file) throws IOException {
    return Files.readAllBytes(root.resolve(file));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public void deleteFile(String file) throws IOException {
    Files.deleteIfExists(root.resolve(file));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    Path path = root.resolve(folder);
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (NoSuchFileException e) {
      // Gone already, as asked.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void translating(Action action) throws IOException {
    try {
      action.run();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  /** Tells a full disk from other failures: java.nio has no exception for it, only a message. */
  static IOException translated(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      String file = e instanceof FileSystemException failure ? failure.getFile() : null;
      return new NoSpaceException(
          file, message.contains("quota") ? "quota exceeded" : "no space left on device", e);
    }
    return e;
  }
}
