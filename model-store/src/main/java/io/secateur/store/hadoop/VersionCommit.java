package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.store.CommitStateUnknownException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The commit of one version: a written manifest gets its final name, or learns that another has it.
 *
 * <p>Whenever the filesystem doesn't answer with success, what happened is found out by reading the
 * final name: a manifest is unique (it names its payload), so these bytes under that name mean that
 * the commit took place, other bytes that another writer was first. When the name is free, the same
 * commit is tried again, which can't commit twice, because one name is given once and is never
 * taken away. To give up, the written manifest is removed and the final name read once more: from
 * then on no delayed commit can succeed, and one that did is found. The payload is never removed
 * while the outcome is open.
 */
final class VersionCommit {
  /** What became of an attempt. */
  enum Outcome {
    COMMITTED,
    TAKEN
  }

  private static final int ATTEMPTS = 4;

  private final StoreFiles files;
  private final Duration pause;

  /**
   * A commit protocol.
   *
   * @param files where the manifest was written
   * @param pause the wait before the first repetition, doubled at each further one
   */
  VersionCommit(StoreFiles files, Duration pause) {
    this.files = files;
    this.pause = pause;
  }

  /**
   * Gives a written manifest its final name.
   *
   * @throws StoreException when the filesystem failed, and it is certain that nothing was committed
   * @throws CommitStateUnknownException when that can't be told
   */
  Outcome commit(String written, String name, byte[] content) {
    IOException failure = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        files.commit(written, name);
        return Outcome.COMMITTED;
      } catch (IOException e) {
        failure = e;
      }
      try {
        if (files.exists(name)) {
          return outcomeOf(name, content);
        }
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      if (isRefusal(failure) || (attempt < ATTEMPTS && !pausedAfter(attempt))) {
        break;
      }
    }
    return withdraw(written, name, content, failure);
  }

  private Outcome outcomeOf(String name, byte[] content) throws IOException {
    if (!Arrays.equals(files.read(name), content)) {
      return Outcome.TAKEN;
    }
    files.sync(name.substring(0, name.lastIndexOf('/')));
    return Outcome.COMMITTED;
  }

  private Outcome withdraw(String written, String name, byte[] content, IOException failure) {
    try {
      files.deleteFile(written);
      if (files.exists(name)) {
        return outcomeOf(name, content);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw unknown(name, failure);
    }
    throw StoreErrors.refused(files, "publish " + name, failure);
  }

  /** Whether the filesystem said that it did nothing, so that repeating would be pointless. */
  private static boolean isRefusal(IOException e) {
    return e instanceof AccessDeniedException || e instanceof NoSpaceException;
  }

  private boolean pausedAfter(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis() << (attempt - 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CommitStateUnknownException unknown(String name, IOException failure) {
    return new CommitStateUnknownException(
        new Problem(
            "a commit with unknown outcome: "
                + files.root()
                + "/"
                + name
                + " ("
                + failure.getClass().getSimpleName()
                + ": "
                + failure.getMessage()
                + ")",
            "a filesystem that answers whether the version exists",
            "when it does, look with \"secateur models list\" whether the version is there before"
                + " running the job again; nothing was removed"),
        failure);
  }
}
