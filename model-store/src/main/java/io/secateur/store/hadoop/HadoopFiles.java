package io.secateur.store.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** {@code hdfs:} by Hadoop's FileContext: durable by hsync, atomic by rename without overwrite. */
final class HadoopFiles implements StoreFiles {
  /** A write that failed leaves an empty file, and its lease, at its name. */
  private static final EnumSet<CreateFlag> WRITTEN =
      EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE);

  private final FileContext files;
  private final Path root;

  /**
   * Files below a root.
   *
   * @param files a context of the root's filesystem
   * @param root absolute, with scheme and authority
   */
  HadoopFiles(FileContext files, Path root) {
    this.files = files;
    this.root = root;
  }

  @Override
  public URI root() {
    return root.toUri();
  }

  @Override
  public Patience patience() {
    return Patience.CLUSTER;
  }

  private Path path(String relative) {
    return relative.isEmpty() ? root : new Path(root, relative);
  }

  @Override
  public void createFolder(String folder) throws IOException {
    run(
        folder,
        path -> {
          files.mkdir(path, FsPermission.getDirDefault(), true);
          return null;
        });
  }

  @Override
  public void write(String file, byte[] content) throws IOException {
    run(
        file,
        path -> {
          FSDataOutputStream out = files.create(path, WRITTEN);
          try {
            out.write(content);
            out.hsync();
          } catch (IOException e) {
            // Not try-with-resources: HDFS's close throws the very same exception once more, and an
            // exception can't suppress itself.
            IOUtils.closeStream(out);
            throw e;
          }
          out.close();
          return null;
        });
  }

  @Override
  public void commit(String written, String name) throws IOException {
    rename(written, name, Rename.NONE);
  }

  @Override
  public void replace(String written, String name) throws IOException {
    rename(written, name, Rename.OVERWRITE);
  }

  private void rename(String written, String name, Rename option) throws IOException {
    run(
        name,
        path -> {
          files.rename(path(written), path, option);
          return null;
        });
  }

  @Override
  public void sync(String folder) {
    // The NameNode's journal has every name before it answers.
  }

  @Override
  public boolean exists(String name) throws IOException {
    return run(name, path -> files.util().exists(path));
  }

  @Override
  public long length(String file) throws IOException {
    return run(file, path -> files.getFileStatus(path).getLen());
  }

  @Override
  public Instant modified(String name) throws IOException {
    return run(name, path -> Instant.ofEpochMilli(files.getFileStatus(path).getModificationTime()));
  }

  @Override
  public byte[] read(String file) throws IOException {
    return run(
        file,
        path -> {
          try (FSDataInputStream in = files.open(path)) {
            return in.readAllBytes();
          }
        });
  }

  @Override
  public List<String> list(String folder) throws IOException {
    try {
      return run(
          folder,
          path -> {
            List<String> names = new ArrayList<>();
            RemoteIterator<FileStatus> entries = files.listStatus(path);
            while (entries.hasNext()) {
              names.add(entries.next().getPath().getName());
            }
            return names;
          });
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public void deleteFile(String file) throws IOException {
    delete(file);
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    delete(folder);
  }

  private void delete(String name) throws IOException {
    try {
      run(name, path -> files.delete(path, true));
    } catch (NoSuchFileException e) {
      // Gone already, as asked.
    }
  }

  private interface Action<T> {
    T on(Path path) throws IOException;
  }

  private <T> T run(String name, Action<T> action) throws IOException {
    Path path = path(name);
    try {
      return action.on(path);
    } catch (FileNotFoundException e) {
      throw caused(new NoSuchFileException(path.toString()), e);
    } catch (FileAlreadyExistsException e) {
      throw caused(new java.nio.file.FileAlreadyExistsException(path.toString()), e);
    } catch (ParentNotDirectoryException e) {
      throw caused(new NotDirectoryException(path.toString()), e);
    } catch (AccessControlException e) {
      // How HDFS says that a folder above is a file.
      if (String.valueOf(e.getMessage()).contains("is not a directory")) {
        throw caused(new NotDirectoryException(path.toString()), e);
      }
      throw caused(new AccessDeniedException(path.toString()), e);
    } catch (ClusterStorageCapacityExceededException e) {
      throw new NoSpaceException(path.toString(), firstLine(e), e);
    } catch (RemoteException e) {
      if (String.valueOf(e.getMessage()).contains("could only be written to")) {
        // Not a NoSpaceException: a DataNode that is down comes back.
        throw caused(
            new FileSystemException(
                path.toString(), null, "no DataNode takes new blocks: they are down or full"),
            e);
      }
      throw e;
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static FileSystemException caused(FileSystemException translated, IOException cause) {
    translated.initCause(cause);
    return translated;
  }
}
