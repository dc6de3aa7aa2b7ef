package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelStoreTest extends ModelStoreContract {
  @TempDir Path folder;

  @Override
  StoreFiles files() {
    return new LocalFiles(folder.resolve("store"));
  }

  @Test
  void theRootHasOneNameWhetherItExistsOrNot() throws IOException {
    StoreFiles files = files();
    String before = files.root().toString();
    files.createFolder("models");
    assertThat(files.root()).hasToString(before).hasNoQuery();
    assertThat(before).startsWith("file:///").endsWith("/store");
  }

  @Test
  void aFullDiskIsToldFromOtherFailures() {
    IOException full = new FileSystemException("/x", null, "No space left on device");
    assertThat(LocalFiles.translated(full)).isInstanceOf(NoSpaceException.class);
    assertThat(LocalFiles.translated(new IOException("No space left on device")))
        .isInstanceOf(NoSpaceException.class);
    assertThat(LocalFiles.translated(new IOException("Disk quota exceeded")))
        .isInstanceOf(NoSpaceException.class);
    IOException other = new IOException("Input/output error");
    assertThat(LocalFiles.translated(other)).isSameAs(other);
  }
}
