package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that two drivers run has one version of a stage. */
class PublishOnceTest {
  private static final ModelVersion FIRST = new ModelVersion("lenet", 1);

  @TempDir private Path folder;
  private StoreFiles files;
  private ModelStore store;

  @BeforeEach
  void open() {
    files = new LocalFiles(folder);
    store = new HadoopModelStore(files);
  }

  private ModelVersion once(ModelStore by, int after) {
    try (StagedModel staged = by.stage(Samples.draft("lenet", 1))) {
      return staged.publishOnce(Samples.provenance(1), after);
    }
  }

  @Test
  void whatAnotherRunHasPublishedIsTakenAndThePayloadRemoved() throws IOException {
    assertThat(once(store, 0)).isEqualTo(FIRST);

    assertThat(once(store, 0)).isEqualTo(FIRST);

    assertThat(store.versions("lenet")).containsExactly(FIRST);
    assertThat(files.list("models/lenet/data")).hasSize(1);
  }

  @Test
  void versionsOfBeforeTheJobAreNotLookedAt() throws IOException {
    once(store, 0);
    files.deleteFile("models/lenet/versions/1.json");
    files.write("models/lenet/versions/1.json", new byte[0]);

    assertThat(once(store, 1)).isEqualTo(new ModelVersion("lenet", 2));
    assertThat(store.publishedBy("lenet", Samples.provenance(1).job(), "pruned", 1))
        .contains(new ModelVersion("lenet", 2));
    assertThat(store.publishedBy("lenet", Samples.provenance(1).job(), "dense", 1)).isEmpty();
  }

  @Test
  void aRunThatWasFasterBetweenTheLookAndTheCommitIsNoticed() {
    FaultyFiles.Fault overtaken =
        (call, operation) -> {
          if (call == 0) {
            once(store, 0);
          }
          return operation.run();
        };
    ModelStore slow = new HadoopModelStore(FaultyFiles.with(files, "commit", overtaken));

    assertThat(once(slow, 0)).isEqualTo(FIRST);

    assertThat(store.versions("lenet")).containsExactly(FIRST);
  }

  @Test
  void manyRunsOfOneJobPublishOneVersion() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<ModelVersion>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(() -> once(new HadoopModelStore(files), 0)));
      }
      HashSet<ModelVersion> versions = new HashSet<>();
      for (Future<ModelVersion> run : runs) {
        versions.add(run.get());
      }
      assertThat(versions).containsExactly(FIRST);
      assertThat(store.versions("lenet")).containsExactly(FIRST);
    } finally {
      threads.shutdownNow();
    }
  }
}
