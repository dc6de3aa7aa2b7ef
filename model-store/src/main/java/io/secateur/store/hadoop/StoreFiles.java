package io.secateur.store.hadoop;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What the store needs from a filesystem. Paths are relative to the store's root, with slashes.
 *
 * <p>Failures are the exceptions of java.nio whatever the filesystem: {@link
 * java.nio.file.NoSuchFileException}, {@link java.nio.file.FileAlreadyExistsException}, {@link
 * java.nio.file.AccessDeniedException}, {@link NoSpaceException}, and any other {@link IOException}
 * for a failure after which it isn't known whether the operation took place.
 */
interface StoreFiles {
  URI root();

  /** For how long a failure of this filesystem is worth waiting. */
  Patience patience();

  /** Creates a folder and its parents, durably; fine when it exists. */
  void createFolder(String folder) throws IOException;

  /**
   * Writes a file and makes its content durable, in place of what an earlier attempt left. It may
   * be seen half written meanwhile, so that the name is one that nobody else uses: hidden, or in a
   * payload folder of one's own.
   */
  void write(String file, byte[] content) throws IOException;

  /**
   * Gives a written file its final name, at once and only if that name is free, durably. Whether
   * the old name remains is unspecified.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the name is taken
   */
  void commit(String written, String name) throws IOException;

  /** Gives a written file its final name, at once, in place of what had it before, durably. */
  void replace(String written, String name) throws IOException;

  /** Makes the names in a folder durable, where that isn't part of creating them. */
  void sync(String folder) throws IOException;

  /** Whether there is a file or folder of that name. */
  boolean exists(String name) throws IOException;

  /** A file's length in bytes. */
  long length(String file) throws IOException;

  /** When a file was last written, or a folder's names last changed, by the filesystem's clock. */
  Instant modified(String name) throws IOException;

  /** A file's whole content. */
  byte[] read(String file) throws IOException;

  /** The names in a folder, in no order; empty when there is no such folder. */
  List<String> list(String folder) throws IOException;

  /** Removes a file, if it exists. */
  void deleteFile(String file) throws IOException;

  /** Removes a folder and all below it, if it exists. */
  void deleteFolder(String folder) throws IOException;
}
