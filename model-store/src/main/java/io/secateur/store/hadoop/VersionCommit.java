package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelManifest;
import java.io.IOException;
import java.util.Arrays;

/**
 * The commit of one version: a written manifest gets its final name, or learns that another has it.
 *
 * <p>Whenever the filesystem doesn't answer with success, what happened is found out by reading the
 * final name: a manifest is unique (it names its payload), so these bytes under that name mean that
 * the commit took place, another whole manifest that another writer was first. When the name is
 * free, the same commit is tried again, which can't commit twice, because one name is given once
 * and is never taken away. To give up, the written manifest is removed and the final name read once
 * more: from then on no delayed commit can succeed, and one that did is found. The payload is never
 * removed while the outcome is open.
 */
final class VersionCommit {
  /** What became of an attempt. */
  enum Outcome {
    COMMITTED,
    TAKEN
  }

  private final StoreFiles files;

  /** Commits on the filesystem where the manifests are written, with its patience. */
  VersionCommit(StoreFiles files) {
    this.files = files;
  }

  /**
   * Gives a written manifest its final name.
   *
   * @throws StoreException when the filesystem failed, and it is certain that nothing was committed
   * @throws CommitStateUnknownException when that can't be told
   */
  Outcome commit(String written, String name, byte[] content) {
    Patience.Waiting waiting = files.patience().new Waiting();
    while (true) {
      IOException failure;
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
      if (!waiting.pausedAfter(failure)) {
        return withdraw(written, name, content, failure);
      }
    }
  }

  private Outcome outcomeOf(String name, byte[] content) throws IOException {
    byte[] found = files.read(name);
    if (!Arrays.equals(found, content)) {
      requireWhole(found, name);
      return Outcome.TAKEN;
    }
    files.sync(name.substring(0, name.lastIndexOf('/')));
    return Outcome.COMMITTED;
  }

  /** Half a manifest may well be half of one's own: taken for another's, it is published twice. */
  private static void requireWhole(byte[] found, String name) throws IOException {
    try {
      ModelManifest.parse(found, name);
    } catch (IntegrityException e) {
      throw new IOException(e.getMessage(), e);
    }
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
