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

  /** Writes or replaces a file: whenever this process ends, the old or the new content is there. */
  void replace(String folder, String name, byte[] content) {
    String written = StorePaths.hidden(folder, "new");
    try {
      files.createFolder(folder);
      files.write(written, content);
      files.replace(written, folder + "/" + name);
    } catch (IOException e) {
      StoreException refused = StoreErrors.refused(files, "write " + folder + "/" + name, e);
      try {
        files.deleteFile(written);
      } catch (IOException suppressed) {
        refused.addSuppressed(suppressed);
      }
      throw refused;
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
