package io.secateur.train;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where shards are written from time to time, so that losing an executor costs a few rounds and no
 * more. Executors write and read it: on a cluster it has to be on a filesystem that they share.
 */
final class ShardFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShardFolder.class);

  private final JavaSparkContext spark;
  private final Path folder;

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

  private void delete(Path path) {
    try {
      fileSystem().delete(path, true);
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              "shards at " + path + " that can't be deleted (" + e.getMessage() + ")",
              "a folder that executors and the driver can write",
              "check its filesystem, or name another folder by spark.checkpoint.dir"),
          e);
    }
  }

  private FileSystem fileSystem() throws IOException {
    return folder.getFileSystem(spark.hadoopConfiguration());
  }

  /** Deletes all of it, and the parent when nothing else is in it. */
  @Override
  public void close() {
    delete(folder);
    try {
      Path parent = folder.getParent();
      if (fileSystem().exists(parent) && fileSystem().listStatus(parent).length == 0) {
        fileSystem().delete(parent, false);
      }
    } catch (IOException e) {
      // an empty folder is left behind: no reason to fail a job that is done
      LOG.debug("left an empty folder", e);
    }
  }
}
