package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import io.secateur.store.Damage;
import io.secateur.store.Expiry;
import io.secateur.store.GracePeriod;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.StoredFile;
import io.secateur.store.Verification;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Verification and expiry, as every filesystem must show them. */
abstract class MaintenanceContract {
  /** Six tensors, the configuration and the manifest. */
  private static final int FILES_OF_A_VERSION = 8;

  StoreFiles files;
  HadoopModelStore store;
  StoreMaintenance maintenance;

  /** The files of a new, empty root. */
  abstract StoreFiles files() throws IOException;

  /** Sets back when a file was last written. */
  abstract void setModified(String path, Instant time) throws IOException;

  @BeforeEach
  void open(TestInfo test) throws IOException {
    files = files();
    store = new HadoopModelStore(files);
    maintenance = store.maintenance();
  }

  ModelVersion publish(String model, String stage, ModelVersion parent) {
    try (StagedModel staged = store.stage(Samples.draft(model, 1))) {
      return staged.publish(provenance(stage, parent));
    }
  }

  ModelVersion publish(String model) {
    return publish(model, "pruned", null);
  }

  static Provenance provenance(String stage, ModelVersion parent) {
    return new Provenance(
        parent, "job", stage, Map.of(), Map.of(), 1, 2, "native", Map.of(), Map.of());
  }

  static ModelVersion lenet(int number) {
    return new ModelVersion("lenet", number);
  }

  void publishLenets(int count) {
    for (int i = 0; i < count; i++) {
      publish("lenet");
    }
  }

  @Test
  void aWholeModelIsReadToItsLastByte() throws IOException {
    publishLenets(2);
    store.tag(lenet(1), "production");

    Verification verification = maintenance.verify("lenet");

    long bytes =
        files.length("models/lenet/tags/production")
            + files.length("models/lenet/versions/1.json")
            + files.length("models/lenet/versions/2.json");
    for (int i = 1; i <= 2; i++) {
      bytes += store.manifest(lenet(i)).files().stream().mapToLong(StoredFile::length).sum();
    }
    assertThat(verification)
        .isEqualTo(new Verification(2, 2 * FILES_OF_A_VERSION + 1, bytes, List.of()));
    assertThat(maintenance.verify(lenet(2)).files()).isEqualTo(FILES_OF_A_VERSION);
  }

  @Test
  void everyDamagedFileIsReportedAndTheOthersAreStillRead() throws IOException {
    publishLenets(3);
    store.tag(lenet(2), "production");
    String payload = "models/lenet/data/" + store.manifest(lenet(2)).payload();
    String bias = payload + "/001-conv1.bias.tensor";
    byte[] damaged = files.read(bias);
    damaged[damaged.length - 1] ^= 1;
    files.deleteFile(bias);
    files.write(bias, damaged);
    files.deleteFile(payload + "/configuration.json");
    files.deleteFile("models/lenet/versions/1.json");
    files.deleteFile("models/lenet/tags/production");
    files.write("models/lenet/tags/production", new byte[] {'{', '}'});

    Verification verification = maintenance.verify("lenet");

    assertThat(verification.damages())
        .extracting(Damage::file)
        .containsExactly(
            files.root() + "/models/lenet/versions/1.json",
            files.root() + "/" + bias,
            files.root() + "/" + payload + "/configuration.json",
            files.root() + "/models/lenet/tags/production");
    assertThat(verification.versions()).isEqualTo(2);
    assertThat(verification.files()).isEqualTo(2 * FILES_OF_A_VERSION - 2);
  }

  @Test
  void onlyTheLastTheTaggedAndTheParentsOfThoseStay() {
    publishLenets(2);
    publish("lenet", "pruned", lenet(1));
    publish("lenet", "pruned", lenet(3));
    publishLenets(2);
    publish("other", "pruned", lenet(5));
    store.tag(lenet(4), "production");

    Expiry plan = maintenance.planExpiry("lenet", 1);

    assertThat(plan.expired()).containsExactly(lenet(2));
    assertThat(plan.kept())
        .containsExactly(
            Map.entry(lenet(1), "parent of lenet@3"),
            Map.entry(lenet(3), "parent of lenet@4"),
            Map.entry(lenet(4), "tagged production"),
            Map.entry(lenet(5), "parent of other@1"),
            Map.entry(lenet(6), "one of the last 1"));
    assertThat(store.expired("lenet")).isEmpty();

    assertThat(maintenance.expire(plan)).isEqualTo(plan);
    assertThat(store.expired("lenet")).containsExactly(lenet(2));
    assertThat(maintenance.planExpiry("lenet", 1).expired()).isEmpty();
    assertThatThrownBy(() -> maintenance.planExpiry("lenet", 0)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> maintenance.planExpiry("none", 1)).isInstanceOf(StoreException.class);
  }

  @Test
  void anExpiredVersionKeepsItsNumberAndManifestAndIsNotRead() {
    publishLenets(2);
    maintenance.expire(maintenance.planExpiry("lenet", 1));

    assertThat(store.versions("lenet")).containsExactly(lenet(1), lenet(2));
    assertThat(store.manifest(lenet(1)).provenance()).isEqualTo(provenance("pruned", null));
    assertThat(store.resolve(ModelReference.parse("lenet")).number()).isEqualTo(2);
    assertThatThrownBy(() -> store.read(lenet(1)))
        .isInstanceOf(StoreException.class)
        .isNotInstanceOf(IntegrityException.class)
        .hasMessageContaining("lenet@1, which has expired")
        .hasMessageContaining("live versions: lenet@2");
    assertThatThrownBy(() -> store.export(lenet(1), java.io.OutputStream.nullOutputStream()))
        .hasMessageContaining("which has expired");
    assertThatThrownBy(() -> store.tag(lenet(1), "production"))
        .hasMessageContaining("which has expired");
    assertThat(store.tags("lenet")).isEmpty();
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
    assertThat(publish("lenet")).isEqualTo(lenet(3));
  }

  @Test
  void theTagOfAJobKeepsNothingAndGoesWithItsVersion() {
    publish("lenet", "dense", null);
    store.tag(lenet(1), "dense-job");
    publish("lenet", "pruned", lenet(1));
    publishLenets(1);
    assertThat(maintenance.planExpiry("lenet", 2).kept())
        .containsEntry(lenet(1), "parent of lenet@2");

    maintenance.expire(maintenance.planExpiry("lenet", 1));

    assertThat(store.expired("lenet")).containsExactly(lenet(1), lenet(2));
    assertThat(store.tags("lenet")).isEmpty();
  }

  @Test
  void aTagThatArrivesDuringAnExpiryWins() {
    publishLenets(2);
    Expiry plan = maintenance.planExpiry("lenet", 1);
    StoreFiles slow =
        FaultyFiles.with(
            files,
            "commit",
            (call, operation) -> {
              store.tag(lenet(1), "production");
              return operation.run();
            });

    Expiry done = new HadoopModelStore(slow).maintenance().expire(plan);

    assertThat(done.expired()).isEmpty();
    assertThat(done.kept()).containsEntry(lenet(1), "tagged production");
    assertThat(store.expired("lenet")).isEmpty();
    assertThat(store.read(lenet(1))).isNotNull();
  }

  @Test
  void anExpiryThatArrivesDuringATaggingLoses() {
    publishLenets(2);
    StoreFiles slow =
        FaultyFiles.with(
            files,
            "replace",
            (call, operation) -> {
              maintenance.expire(maintenance.planExpiry("lenet", 1));
              assertThat(store.expired("lenet")).containsExactly(lenet(1));
              return operation.run();
            });

    new HadoopModelStore(slow).tag(lenet(1), "production");

    assertThat(store.expired("lenet")).isEmpty();
    assertThat(store.read(lenet(1))).isNotNull();
  }

  @Test
  void whoeverIsFasterATaggedVersionIsLive() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 1; i <= 5; i++) {
        publishLenets(i == 1 ? 2 : 1);
        ModelVersion version = lenet(i);
        Callable<Boolean> tagging =
            () -> {
              try {
                store.tag(version, "production");
                return true;
              } catch (StoreException e) {
                assertThat(e).hasMessageContaining("which has expired");
                return false;
              }
            };
        Future<Boolean> tagged = threads.submit(tagging);
        threads.submit(() -> maintenance.expire(maintenance.planExpiry("lenet", 1))).get();
        assertThat(store.expired("lenet").contains(version)).isEqualTo(!tagged.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void strangeFilesAndFoldersAreNoModels() throws IOException {
    publishLenets(1);
    files.write("models/readme", new byte[] {1});
    files.createFolder("models/empty/versions");
    files.createFolder("models/.hidden/versions");
    files.write("models/lenet/versions/001.json", new byte[] {1});
    files.write("models/lenet/versions/2.json.bak", new byte[] {1});
    files.createFolder("models/lenet/tags/A-Folder");

    assertThat(store.models()).containsExactly("lenet");
    assertThat(store.versions("lenet")).containsExactly(lenet(1));
    assertThat(store.tags("lenet")).isEmpty();
    for (String model : maintenance.models()) {
      assertThat(maintenance.verify(model).damages()).isEmpty();
    }
    assertThat(maintenance.findGarbage(GracePeriod.LEAST).skipped()).isEmpty();
    assertThat(publish("lenet")).isEqualTo(lenet(2));
  }

  @Test
  void aTagCanBeRemovedEvenWhenItIsDamaged() throws IOException {
    publishLenets(1);
    store.tag(lenet(1), "production");
    store.untag("lenet", "production");
    assertThat(store.tags("lenet")).isEmpty();
    assertThatThrownBy(() -> store.untag("lenet", "production"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no tag production");
    files.write("models/lenet/tags/production", new byte[] {1});
    store.untag("lenet", "production");
    assertThat(files.list("models/lenet/tags")).isEmpty();
  }

  @Test
  void aProbeLeavesNothingAndTellsTheFilesystemsTime() throws IOException {
    Instant before = Instant.now().minusSeconds(2);
    assertThat(maintenance.probe()).isBetween(before, Instant.now().plusSeconds(2));
    assertThat(files.list("models")).isEmpty();
  }
}
