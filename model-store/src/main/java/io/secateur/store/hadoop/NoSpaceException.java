package io.secateur.store.hadoop;

import java.nio.file.FileSystemException;

/** The filesystem is full, or a quota is used up; the operation did not take place. */
final class NoSpaceException extends FileSystemException {
  NoSpaceException(String file, String reason, Throwable cause) {
    super(file, null, reason);
    initCause(cause);
  }
}
