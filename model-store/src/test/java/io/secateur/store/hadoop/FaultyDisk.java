package io.secateur.store.hadoop;

import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The local disk's provider below, java.nio's {@code Files} and the store's code above, and a
 * plan's faults between them.
 */
final class FaultyDisk extends FileSystemProvider {
  private final FileSystemProvider disk;
  private final FileSystem system;
  private final FaultPlan plan;

  private FaultyDisk(FileSystem below, FaultPlan plan) {
    this.disk = below.provider();
    this.system = new FaultyDiskSystem(this);
    this.plan = plan;
  }

  static StoreFiles files(Path root, FaultPlan plan) {
    return new LocalFiles(new FaultyDisk(root.getFileSystem(), plan).wrap(root));
  }

  /** A path of this provider around one of the disk's. */
  private Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyDisk.class.getClassLoader(),
            new Class<?>[] {Path.class, Wrapped.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return system;
              }
              if (method.getName().equals("below")) {
                return path;
              }
              Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < unwrapped.length; i++) {
                unwrapped[i] = unwrapped[i] instanceof Wrapped w ? w.below() : unwrapped[i];
              }
              try {
                Object result = method.invoke(path, unwrapped);
                return result instanceof Path answer ? wrap(answer) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface Wrapped {
    Path below();
  }

  private static Path below(Path path) {
    return ((Wrapped) path).below();
  }

  private interface Change {
    void run() throws IOException;
  }

  private void change(FileOperation operation, Path path, Change change) throws IOException {
    plan.call(
        operation,
        path,
        () -> {
          change.run();
          return null;
        });
  }

  @Override
  public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
    change(FileOperation.MKDIR, dir, () -> disk.createDirectory(below(dir), attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    change(FileOperation.LINK, link, () -> disk.createLink(below(link), below(existing)));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    change(FileOperation.RENAME, target, () -> disk.move(below(source), below(target), options));
  }

  @Override
  public void delete(Path path) throws IOException {
    change(FileOperation.DELETE, path, () -> disk.delete(below(path)));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return plan.call(
        FileOperation.DELETE, path, () -> disk.deleteIfExists(below(path)), null, () -> false);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return plan.call(
        FileOperation.STATUS,
        path,
        () -> disk.readAttributes(below(path), type, options),
        null,
        () -> {
          throw new NoSuchFileException(path.toString());
        });
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    plan.call(
        FileOperation.STATUS,
        path,
        () -> {
          disk.checkAccess(below(path), modes);
          return null;
        },
        null,
        () -> {
          throw new NoSuchFileException(path.toString());
        });
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writes = options.contains(StandardOpenOption.WRITE);
    FileChannel channel =
        plan.call(
            writes ? FileOperation.CREATE : FileOperation.OPEN,
            path,
            () -> disk.newFileChannel(below(path), options, attributes));
    return new FaultyChannel(channel, path, plan);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path dir, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return plan.call(
        FileOperation.LIST,
        dir,
        () -> stream(entries(dir, filter), 1),
        () -> stream(entries(dir, filter), 2),
        () -> stream(List.of(), 1));
  }

  private List<Path> entries(Path dir, DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = disk.newDirectoryStream(below(dir), path -> true)) {
      for (Path entry : stream) {
        if (filter.accept(wrap(entry))) {
          entries.add(wrap(entry));
        }
      }
    }
    return entries;
  }

  /** Ends with an error where it gives a part only: one in so many of the entries. */
  private static DirectoryStream<Path> stream(List<Path> entries, int part) {
    Iterator<Path> given = entries.subList(0, entries.size() / part).iterator();
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            if (!given.hasNext() && part > 1) {
              throw new DirectoryIteratorException(new IOException("injected: list"));
            }
            return given.hasNext();
          }

          @Override
          public Path next() {
            return given.next();
          }
        };
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String getScheme() {
    return "file";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return disk.isSameFile(below(path), below(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return disk.isHidden(below(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return disk.getFileStore(below(path));
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
