package io.secateur.train;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Where shards are written from time to time, so that losing an executor costs a few rounds and no
 * more. Executors write and read it: on a cluster it has to be on a filesystem that they share.
 */
final class ShardFolder implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Path folder;
  private boolean parentIsOurs;

  /** Holds a folder of this trainer's own under {@code parent}; nothing is made yet. */
  ShardFolder(JavaSparkContext spark, String parent, UUID trainer) {
    this.spark = spark;
    this.folder = new Path(new Path(parent), trainer.toString());
  }

  /**
   * Writes an RDD and makes it forget where it came from.
   *
   * @param rdd persisted, and not used yet
   * @return where its files are, for {@link #delete}
   */
  String write(JavaRDD<?> rdd) {
    parentIsOurs |= !exists(folder.getParent());
    spark.setCheckpointDir(folder.toString()); // a new folder inside, each time
    String files = spark.getCheckpointDir().get();
    rdd.checkpoint();
    SparkFailures.translating(rdd::count);
    return files;
  }

  /** Deletes what {@link #write} wrote. */
  void delete(String files) {
    delete(new Path(files));
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

  private void delete(Path path) {
    using(files -> files.delete(path, true));
  }

  private interface FileAction<T> {
    T on(FileSystem files) throws IOException;
  }

  private <T> T using(FileAction<T> action) {
    try {
      return action.on(folder.getFileSystem(spark.hadoopConfiguration()));
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              "shards at " + folder + " that can't be reached (" + e.getMessage() + ")",
              "a folder that executors and the driver can write",
              "check its filesystem, or name another folder by spark.checkpoint.dir"),
          e);
    }
  }
}
