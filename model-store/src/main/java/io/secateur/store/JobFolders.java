package io.secateur.store;

import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The folders of a store's jobs: {@code jobs/<job-id>/} with a few small files and a checkpoint.
 *
 * <p>Whatever is written here is replaced as a whole: whenever the writer dies, a reader sees the
 * old content or the new, never a part of it, and on {@code file:} as on {@code hdfs:} it is
 * durable when the method returns.
 *
 * <p>Every method throws {@link StoreException} when the filesystem refuses, and {@link
 * UsageException} for a job id or file that is not a plain file name.
 */
public interface JobFolders {
  /** The ids of all jobs that have a folder, newest first: they sort by time. */
  List<String> ids();

  /**
   * Writes or replaces {@code jobs/<jobId>/<file>}. The content carries no checksum: these files
   * are for people.
   */
  void write(String jobId, String file, byte[] content);

  /** The content of {@code jobs/<jobId>/<file>}, if it exists. */
  Optional<byte[]> read(String jobId, String file);

  /** Removes {@code jobs/<jobId>/<file>}; fine when there is none. */
  void delete(String jobId, String file);

  /** The names in {@code jobs/<jobId>/}, of files and folders, in no order. */
  List<String> names(String jobId);

  /** The folder for the local files that a submitted job brings along; it may not exist. */
  URI files(String jobId);

  /** Writes or replaces a job's checkpoint, closed by a checksum. */
  void writeCheckpoint(String jobId, byte[] content);

  /**
   * The content of a job's checkpoint, if it has one.
   *
   * @throws IntegrityException when it is damaged or cut, or of a newer format
   */
  Optional<byte[]> readCheckpoint(String jobId);

  /** The folder for what a job's tasks keep while it runs; it may not exist. */
  URI shards(String jobId);

  /**
   * Removes a job's checkpoint and its shards, and what dead writers left beside them; fine when
   * there is nothing.
   */
  void deleteCheckpoint(String jobId);
}
