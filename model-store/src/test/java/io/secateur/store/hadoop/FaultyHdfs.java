package io.secateur.store.hadoop;

import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFs;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** HDFS's own client below, the store's code above, and a plan's faults between them. */
final class FaultyHdfs extends FilterFs {
  private final FaultPlan plan;

  private FaultyHdfs(AbstractFileSystem below, FaultPlan plan) throws URISyntaxException {
    super(below);
    this.plan = plan;
  }

  static StoreFiles files(URI root, FaultPlan plan) {
    Configuration configuration = ModelStores.configuration(Map.of());
    try {
      FileContext files =
          FileContext.getFileContext(
              new FaultyHdfs(AbstractFileSystem.get(root, configuration), plan), configuration);
      return new HadoopFiles(files, new Path(root));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void mkdir(Path dir, FsPermission permission, boolean createParent) throws IOException {
    plan.call(
        FileOperation.MKDIR,
        dir,
        () -> {
          super.mkdir(dir, permission, createParent);
          return null;
        });
  }

  @Override
  public FSDataOutputStream createInternal(
      Path f,
      EnumSet<CreateFlag> flag,
      FsPermission permission,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      ChecksumOpt checksumOpt,
      boolean createParent)
      throws IOException {
    FSDataOutputStream out =
        plan.call(
            FileOperation.CREATE,
            f,
            () ->
                super.createInternal(
                    f,
                    flag,
                    permission,
                    bufferSize,
                    replication,
                    blockSize,
                    progress,
                    checksumOpt,
                    createParent));
    return new FSDataOutputStream(new Output(f, out), null);
  }

  private final class Output extends OutputStream implements Syncable {
    private final Path path;
    private final FSDataOutputStream out;

    Output(Path path, FSDataOutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      plan.call(
          FileOperation.WRITE,
          path,
          () -> {
            out.write(bytes, offset, length);
            return null;
          },
          () -> {
            out.write(bytes, offset, length / 2);
            out.hsync();
            throw FaultPlan.lost(FileOperation.WRITE, path);
          },
          null);
    }

    @Override
    public void hflush() throws IOException {
      out.hflush();
    }

    @Override
    public void hsync() throws IOException {
      plan.call(
          FileOperation.FSYNC,
          path,
          () -> {
            out.hsync();
            return null;
          });
    }

    @Override
    public void close() throws IOException {
      plan.call(
          FileOperation.CLOSE,
          path,
          () -> {
            out.close();
            return null;
          });
    }
  }

  @Override
  public void renameInternal(Path src, Path dst, boolean overwrite) throws IOException {
    plan.call(
        FileOperation.RENAME,
        dst,
        () -> {
          super.renameInternal(src, dst, overwrite);
          return null;
        },
        null,
        () -> {
          // What Hadoop makes of a filesystem whose rename answers false.
          throw new IOException("rename from " + src + " to " + dst + " failed.");
        });
  }

  @Override
  public boolean delete(Path f, boolean recursive) throws IOException {
    return plan.call(FileOperation.DELETE, f, () -> super.delete(f, recursive), null, () -> false);
  }

  @Override
  public FileStatus getFileStatus(Path f) throws IOException {
    return plan.call(
        FileOperation.STATUS,
        f,
        () -> super.getFileStatus(f),
        null,
        () -> {
          throw new FileNotFoundException("File does not exist: " + f);
        });
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path f) throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    return plan.call(
        FileOperation.LIST,
        f,
        () -> {
          entries.addAll(List.of(super.listStatus(f)));
          return iterator(entries, entries.size());
        },
        () -> {
          entries.addAll(List.of(super.listStatus(f)));
          return iterator(entries, entries.size() / 2);
        },
        () -> iterator(entries, 0));
  }

  /** Ends with an error where not all are given. */
  private static RemoteIterator<FileStatus> iterator(List<FileStatus> entries, int given) {
    return new RemoteIterator<>() {
      private int next;

      @Override
      public boolean hasNext() throws IOException {
        if (next == given && given < entries.size()) {
          throw new IOException("injected: list");
        }
        return next < given;
      }

      @Override
      public FileStatus next() {
        return entries.get(next++);
      }
    };
  }

  @Override
  public FSDataInputStream open(Path f) throws IOException {
    FSDataInputStream in = plan.call(FileOperation.OPEN, f, () -> super.open(f));
    return new FSDataInputStream(new Input(f, in));
  }

  private final class Input extends FSInputStream {
    private final Path path;
    private final FSDataInputStream in;
    private boolean begun;
    private boolean broken;

    Input(Path path, FSDataInputStream in) {
      this.path = path;
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (broken) {
        throw FaultPlan.lost(FileOperation.READ, path);
      }
      if (begun) {
        return in.read(bytes, offset, length);
      }
      begun = true;
      return plan.call(
          FileOperation.READ,
          path,
          () -> in.read(bytes, offset, length),
          () -> {
            broken = true;
            return in.read(bytes, offset, Math.max(1, in.available() / 2));
          },
          () -> -1);
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) throws IOException {
      return in.seekToNewSource(target);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
