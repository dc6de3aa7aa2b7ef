package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoresTest {

  @ParameterizedTest
  @ValueSource(strings = {"secateur-store", "./secateur-store", "file:./secateur-store"})
  void relativeStoresLieInTheWorkingFolder(String root) {
    assertThat(ModelStores.open(URI.create(root)).root())
        .isEqualTo(URI.create("file://" + Path.of("").toAbsolutePath() + "/secateur-store"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/var/lib/secateur", "file:/var/lib/secateur", "file:///var/lib/secateur/"})
  void absoluteStoresHaveOneName(String root) {
    assertThat(ModelStores.open(URI.create(root)).root()).hasToString("file:///var/lib/secateur");
  }

  @Test
  void otherFilesystemsNeedTheirUsersWord() {
    URI ftp = URI.create("ftp://localhost/store");
    assertThatThrownBy(() -> ModelStores.open(ftp))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--unproven-filesystem");
  }

  @Test
  void aFilesystemThatHadoopDoesNotKnowIsSaidInOneLine() {
    assertThatThrownBy(
            () ->
                ModelStores.open(
                    URI.create("nosuch://localhost/store"), Filesystems.UNPROVEN_ALLOWED))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nosuch")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file://host/store", "hdfs:store", "hdfs://localhost:1"})
  void urisThatCanNotNameAStoreAreUsageErrors(String root) {
    assertThatThrownBy(() -> ModelStores.open(URI.create(root))).isInstanceOf(UsageException.class);
  }
}
