package io.secateur.train;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A shard in a file: its values, little-endian float32, and nothing else. */
final class ShardFile {
  private static final int CHUNK = 1 << 20;

  private ShardFile() {}

  /**
   * Writes a shard. Several attempts of a task may do so at the same time: the file is there as a
   * whole or not at all, and the first one stays.
   */
  static void write(Configuration configuration, Path folder, int number, float[] values) {
    Path file = file(folder, number);
    Path attempt = new Path(folder, "." + file.getName() + "-" + UUID.randomUUID());
    try {
      FileSystem files = file.getFileSystem(configuration);
      try (OutputStream out = files.create(attempt, false)) {
        write(out, values);
      }
      // whichever attempt loses has written the same bytes
      if (files.exists(file) || !files.rename(attempt, file)) {
        files.delete(attempt, false);
      }
      if (!files.exists(file)) {
        throw new IOException("it could not be renamed to its name");
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void write(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
      int count = Math.min(CHUNK / Float.BYTES, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Reads a shard of so many values.
   *
   * @throws JobFailedException when the file isn't there, or has another length
   */
  static float[] read(Configuration configuration, Path folder, int number, int length) {
    Path file = file(folder, number);
    try {
      FileSystem files = file.getFileSystem(configuration);
      long expected = (long) length * Float.BYTES;
      long found = files.getFileStatus(file).getLen();
      if (found != expected) {
        throw new IOException(found + " bytes instead of " + expected);
      }
      try (FSDataInputStream in = files.open(file)) {
        return read(in, length);
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static float[] read(InputStream in, int length) throws IOException {
    float[] values = new float[length];
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += CHUNK / Float.BYTES) {
      int count = Math.min(CHUNK / Float.BYTES, length - from);
      if (in.readNBytes(bytes.array(), 0, count * Float.BYTES) < count * Float.BYTES) {
        throw new IOException("it ends early");
      }
      bytes.asFloatBuffer().get(values, from, count);
    }
    return values;
  }

  private static Path file(Path folder, int number) {
    return new Path(folder, "shard-" + number);
  }

  private static JobFailedException unusable(Path file, IOException e) {
    return new JobFailedException(
        new Problem(
            "a shard of the network that can't be written or read at " + file + ": " + e,
            "a folder that the driver and all executors share",
            "name one on HDFS or on a shared disk by " + Aggregation.FOLDER),
        e);
  }
}
