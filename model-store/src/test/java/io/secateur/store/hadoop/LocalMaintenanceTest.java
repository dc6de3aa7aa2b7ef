package io.secateur.store.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class LocalMaintenanceTest extends GarbageContract {
  @TempDir private Path folder;

  @Override
  StoreFiles files() {
    return new LocalFiles(folder);
  }

  @Override
  void setModified(String path, Instant time) throws IOException {
    Files.setLastModifiedTime(folder.resolve(path), FileTime.from(time));
  }
}
