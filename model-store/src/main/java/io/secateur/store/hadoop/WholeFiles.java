package io.secateur.store.hadoop;

import io.secateur.error.StoreException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Small files that are read and replaced as a whole; refusals are {@link StoreException}s. */
final class WholeFiles {
  private final StoreFiles files;

  WholeFiles(StoreFiles files) {
    this.files = files;
  }

  /**
   * Writes or replaces a file: whenever this process ends, and whatever this method throws, the old
   * or the new content is there.
   */
  void replace(String folder, String name, byte[] content) {
    replace(folder, name, content, () -> {});
  }

  /**
   * Like {@link #replace(String, String, byte[])}, unless a check throws that is made after the
   * content was written, under a hidden name, and before it replaces the old.
   */
  void replace(String folder, String name, byte[] content, Runnable check) {
    try {
      files.patience().repeat(() -> replaceOnce(folder, name, content, check));
    } catch (IOException e) {
      throw StoreErrors.refused(files, "write " + folder + "/" + name, e);
    }
  }

  /** From the start each time: whether a failed replacement took place makes no difference then. */
  private Void replaceOnce(String folder, String name, byte[] content, Runnable check)
      throws IOException {
    String written = StorePaths.hidden(folder, "new");
    try {
      files.createFolder(folder);
      files.write(written, content);
      check.run();
      files.replace(written, folder + "/" + name);
      return null;
    } catch (IOException | StoreException e) {
      try {
        files.deleteFile(written);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  Optional<byte[]> readIfExists(String file) {
    try {
      return Optional.of(files.read(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.refused(files, "read " + file, e);
    }
  }

  List<String> list(String folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "list " + folder, e);
    }
  }
}
