package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.store.Damage;
import io.secateur.store.Garbage;
import io.secateur.store.Garbage.Reason;
import io.secateur.store.GracePeriod;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Collection of garbage, beside publishers too, as every filesystem must show it. */
abstract class GarbageContract extends MaintenanceContract {
  private static final GracePeriod HOUR = GracePeriod.LEAST;
  private static final String DATA = "models/lenet/data/";

  private void age(String path) throws IOException {
    setModified(path, Instant.now().minus(Duration.ofHours(2)));
  }

  private void ageFolder(String folder) throws IOException {
    for (String name : files.list(folder)) {
      age(folder + "/" + name);
    }
    age(folder);
  }

  private void ageAllPayload() throws IOException {
    for (String payload : files.list("models/lenet/data")) {
      ageFolder(DATA + payload);
    }
  }

  private Garbage collect() {
    return maintenance.collect(maintenance.findGarbage(HOUR), HOUR);
  }

  private String payload(int version) {
    return DATA + store.manifest(lenet(version)).payload();
  }

  @Test
  void whatNoManifestNamesGoesOnceItIsOld() throws IOException {
    publishLenets(1);
    files.createFolder(DATA + "00000000-0000-4000-8000-000000000001");
    String file = DATA + "00000000-0000-4000-8000-000000000001/000-fc1.weight.tensor";
    files.write(file, new byte[100]);
    files.createFolder(DATA + "not-ours");
    ageAllPayload();
    setModified(file, Instant.now().minus(Duration.ofMinutes(59)));
    assertThat(maintenance.findGarbage(HOUR).items()).isEmpty();
    age(file);

    Garbage found = maintenance.findGarbage(HOUR);
    assertThat(found.items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.path()).isEqualTo(DATA + "00000000-0000-4000-8000-000000000001");
              assertThat(item.reason()).isEqualTo(Reason.UNREFERENCED);
              assertThat(item.bytes()).isEqualTo(100);
            });
    assertThat(files.exists(file)).isTrue();
    assertThat(maintenance.findGarbage(GracePeriod.DEFAULT).items()).isEmpty();

    assertThat(maintenance.collect(found, HOUR)).isEqualTo(found);
    assertThat(files.exists(DATA + "00000000-0000-4000-8000-000000000001")).isFalse();
    assertThat(files.exists(DATA + "not-ours")).isTrue();
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
  }

  @Test
  void thePayloadOfAnExpiredVersionGoesAGracePeriodAfterIt() throws IOException {
    publishLenets(2);
    ageAllPayload();
    String payload = payload(1);
    maintenance.expire(maintenance.planExpiry("lenet", 1));
    assertThat(collect().items()).isEmpty();
    age("models/lenet/versions/1.expired");

    assertThat(collect().items()).extracting(Garbage.Item::reason).containsExactly(Reason.EXPIRED);
    assertThat(files.exists(payload)).isFalse();
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
    assertThat(store.manifest(lenet(1)).version()).isEqualTo(lenet(1));
    assertThat(collect().items()).isEmpty();
  }

  @Test
  void hiddenFilesOfDeadWritersGoAndLiveFilesStay() throws IOException {
    publishLenets(1);
    store.tag(lenet(1), "production");
    List<String> leftovers =
        List.of(
            payload(1) + "/.manifest-1",
            "models/lenet/tags/.new-1",
            "models/lenet/versions/.expired-1");
    for (String leftover : leftovers) {
      files.write(leftover, new byte[7]);
      age(leftover);
    }
    files.write("models/lenet/tags/.new-2", new byte[7]);

    assertThat(collect().items())
        .extracting(Garbage.Item::path)
        .containsExactlyInAnyOrderElementsOf(leftovers);
    assertThat(files.list("models/lenet/tags")).containsExactlyInAnyOrder("production", ".new-2");
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
  }

  @Test
  void aModelWithADamagedOrMissingManifestIsLeftAloneAndNamed() throws IOException {
    publishLenets(3);
    publish("other");
    files.createFolder("models/other/data/00000000-0000-4000-8000-000000000001");
    age("models/other/data/00000000-0000-4000-8000-000000000001");
    ageAllPayload();
    byte[] manifest = files.read("models/lenet/versions/2.json");
    files.deleteFile("models/lenet/versions/2.json");
    assertThat(collect().skipped())
        .extracting(Damage::file)
        .containsExactly(files.root() + "/models/lenet/versions/2.json");
    assertThat(files.list("models/other/data")).hasSize(1);
    files.write("models/lenet/versions/2.json", new byte[9]);
    assertThat(collect().skipped()).hasSize(1);
    files.deleteFile("models/lenet/versions/2.json");
    files.write("models/lenet/versions/2.json", manifest);

    assertThat(collect().skipped()).isEmpty();
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
  }

  @Test
  void aPublisherWithAnOldPayloadPublishesACopy() throws IOException {
    try (StagedModel staged = store.stage(Samples.draft("lenet", 3))) {
      String old = files.list("models/lenet/data").get(0);
      ageFolder(DATA + old);
      Garbage found = maintenance.findGarbage(HOUR);
      assertThat(found.items()).hasSize(1);

      staged.publish(Samples.provenance(3));

      assertThat(payload(1)).isNotEqualTo(DATA + old);
      maintenance.collect(found, HOUR);
      assertThat(files.list("models/lenet/data")).hasSize(1);
    }
    assertThat(store.read(lenet(1)).parameters().weights())
        .containsExactly(Samples.parameters(3).weights());
  }

  @Test
  void aPublisherThatSleptBeforeItsCommitPublishesNothing() throws IOException {
    StoreFiles sleeping =
        FaultyFiles.with(
            files,
            "commit",
            (call, operation) -> {
              if (call == 0) {
                ageAllPayload();
                assertThat(collect().items()).hasSize(1);
              }
              return operation.run();
            });
    try (StagedModel staged = new HadoopModelStore(sleeping).stage(Samples.draft("lenet", 3))) {
      assertThatThrownBy(() -> staged.publish(Samples.provenance(3)))
          .isInstanceOf(StoreException.class);
    }
    assertThat(store.versions("lenet")).isEmpty();
    assertThat(publish("lenet")).isEqualTo(lenet(1));
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
  }

  @Test
  void aPayloadThatIsPublishedBetweenPlanAndRemovalStays() throws IOException {
    List<Garbage> found = new ArrayList<>();
    StoreFiles sleeping =
        FaultyFiles.with(
            files,
            "commit",
            (call, operation) -> {
              ageAllPayload();
              found.add(maintenance.findGarbage(HOUR));
              return operation.run();
            });
    try (StagedModel staged = new HadoopModelStore(sleeping).stage(Samples.draft("lenet", 3))) {
      staged.publish(Samples.provenance(3));
    }
    assertThat(found.get(0).items()).hasSize(1);
    ageAllPayload();

    assertThat(maintenance.collect(found.get(0), HOUR).items()).isEmpty();
    assertThat(maintenance.verify("lenet").damages()).isEmpty();
  }

  @Test
  void aVersionThatIsTaggedBeforeTheRemovalKeepsItsPayload() throws IOException {
    publishLenets(2);
    ageAllPayload();
    List<Garbage> found = new ArrayList<>();
    StoreFiles slow =
        FaultyFiles.with(
            files,
            "replace",
            (call, operation) -> {
              maintenance.expire(maintenance.planExpiry("lenet", 1));
              age("models/lenet/versions/1.expired");
              found.add(maintenance.findGarbage(HOUR));
              return operation.run();
            });

    new HadoopModelStore(slow).tag(lenet(1), "production");

    assertThat(found.get(0).items()).hasSize(1);
    assertThat(maintenance.collect(found.get(0), HOUR).items()).isEmpty();
    assertThat(store.read(lenet(1))).isNotNull();
  }

  @Test
  void publishersAndCollectionsTogetherLoseNothing() throws Exception {
    AtomicBoolean publishing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<Integer> collecting =
          threads.submit(
              () -> {
                int removed = 0;
                while (publishing.get()) {
                  removed += store.models().isEmpty() ? 0 : collect().items().size();
                }
                return removed;
              });
      List<Future<Integer>> publishers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        publishers.add(threads.submit(this::publishOldPayloads));
      }
      int published = 0;
      for (Future<Integer> publisher : publishers) {
        published += publisher.get();
      }
      publishing.set(false);
      collecting.get();

      assertThat(store.versions("lenet")).hasSize(published);
      assertThat(published).isPositive();
      assertThat(maintenance.verify("lenet").damages()).isEmpty();
    } finally {
      publishing.set(false);
      threads.shutdownNow();
    }
  }

  /** Every other payload is old when it is published, and may be taken at any moment. */
  private int publishOldPayloads() throws IOException {
    int published = 0;
    for (int i = 0; i < 6; i++) {
      List<String> before = files.list("models/lenet/data");
      try (StagedModel staged = store.stage(Samples.draft("lenet", i))) {
        if (i % 2 == 1) {
          ageNew(before);
        }
        ModelVersion version = staged.publish(Samples.provenance(i));
        published += version.number() > 0 ? 1 : 0;
      } catch (StoreException e) {
        // The payload was taken before it was copied: nothing is published.
      }
    }
    return published;
  }

  /** Also what the other publisher wrote meanwhile, which must not matter. */
  private void ageNew(List<String> before) throws IOException {
    for (String payload : files.list("models/lenet/data")) {
      if (!before.contains(payload)) {
        try {
          age(DATA + payload + "/configuration.json");
          ageFolder(DATA + payload);
        } catch (IOException e) {
          // The other publisher's, not written to its end or gone.
        }
      }
    }
  }
}
