package io.secateur.train;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a trainer's shards are written from time to time, so that losing an executor costs a few
 * rounds and no more. Executors write and read it: on a cluster it has to be on a filesystem that
 * they share.
 */
final class ShardFolder implements AutoCloseable {
  private final Configuration configuration;
  private final Path folder;
  private final boolean parentIsOurs;
  private int sets;

  /** Holds a folder of this trainer's own under {@code parent}; nothing is made yet. */
  ShardFolder(Configuration configuration, String parent, UUID trainer) {
    this.configuration = configuration;
    this.folder = new Path(new Path(parent), trainer.toString());
    this.parentIsOurs = !exists(folder.getParent());
  }

  /** The folder for one more set of shards; not made yet. */
  Path next() {
    sets++;
    return new Path(folder, "set-" + sets);
  }

  Configuration configuration() {
    return configuration;
  }

  /** Deletes one of those folders. */
  void delete(Path path) {
    using(files -> files.delete(path, true));
  }

  /** Deletes all of it, and the parent when it was made for it and nothing else is there. */
  @Override
  public void close() {
    delete(folder);
    Path parent = folder.getParent();
    if (parentIsOurs && exists(parent) && using(files -> files.listStatus(parent)).length == 0) {
      delete(parent);
    }
  }

  private boolean exists(Path path) {
    return using(files -> files.exists(path));
  }

  private interface FileAction<T> {
    T on(FileSystem files) throws IOException;
  }

  private <T> T using(FileAction<T> action) {
    try {
      return action.on(folder.getFileSystem(configuration));
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              "shards at " + folder + " that can't be reached (" + e.getMessage() + ")",
              "a folder that the driver and all executors share",
              "check its filesystem, or name another folder by " + Aggregation.FOLDER),
          e);
    }
  }
}
