package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.error.StoreException;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.Garbage;
import io.secateur.store.GracePeriod;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelArchive;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.StoredModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** A store whose filesystem fails, seen by an observer whose filesystem doesn't. */
final class FaultedStore {
  private static final String MODEL = "m";
  private static final ModelVersion FIRST = new ModelVersion(MODEL, 1);
  private static final ModelVersion SECOND = new ModelVersion(MODEL, 2);

  private final StoreFiles sound;
  private final ModelStore observer;
  private final FaultPlan plan;
  private StoreFiles faulty;
  private int made;

  FaultedStore(StoreFiles sound, StoreFiles faulty, FaultPlan plan) {
    this.sound = sound;
    this.observer = new HadoopModelStore(sound);
    this.plan = plan;
    this.faulty = FaultyFiles.with(faulty, "patience", (call, operation) -> plan.patience());
  }

  /** How many calls the operation made of the filesystem. */
  int made() {
    return made;
  }

  private ModelStore store() {
    return new HadoopModelStore(faulty);
  }

  private void prepare(int seed) {
    prepare(MODEL, seed);
  }

  private void prepare(String model, int seed) {
    try (StagedModel staged = observer.stage(Samples.tinyDraft(model, seed))) {
      staged.publish(Samples.provenance(seed));
    }
  }

  /** Another writer takes the number just before the first commit. */
  void overtaken() {
    faulty =
        FaultyFiles.with(
            faulty,
            "commit",
            (call, operation) -> {
              if (call == 0) {
                prepare(9);
              }
              return operation.run();
            });
  }

  String publishAfter(int seed) throws IOException {
    prepare(seed - 1);
    return publish(seed);
  }

  String publish(int seed) throws IOException {
    return publish(
        seed, store -> store.stage(Samples.tinyDraft(MODEL, seed)), Samples.provenance(seed));
  }

  /** A version of another model, exported, becomes the next of this one. */
  String importVersion(int seed) throws IOException {
    prepare(MODEL, seed - 1);
    prepare("exported", seed);
    Path file = Files.createTempFile("exported-", ".zip");
    try {
      Files.write(file, exported(observer, new ModelVersion("exported", 1)));
      try (ModelArchive archive = ModelArchive.open(file)) {
        return publish(seed, store -> store.stage(archive, MODEL), archive.provenance());
      }
    } finally {
      Files.delete(file);
    }
  }

  private String publish(int seed, Function<ModelStore, StagedModel> staging, Provenance provenance)
      throws IOException {
    String outcome;
    StagedModel staged = null;
    ModelVersion version = null;
    try {
      staged = staging.apply(store());
      version = staged.publish(provenance);
      outcome = "done";
    } catch (CommitStateUnknownException e) {
      outcome = "unknown";
    } catch (StoreException e) {
      outcome = "refused";
    }
    List<ModelVersion> found = versionsOf(seed);
    switch (outcome) {
      case "done" -> assertThat(found).containsExactly(version);
      case "refused" -> assertThat(found).isEmpty();
      default -> assertThat(found).hasSizeLessThanOrEqualTo(1);
    }
    if (staged != null && !outcome.equals("refused")) {
      staged.close();
    }
    made = plan.calls().size();
    plan.heal();
    if (outcome.equals("refused")) {
      retry(staged, staging, provenance);
    }
    assertThat(versionsOf(seed)).hasSize(outcome.equals("unknown") ? found.size() : 1);
    String there = outcome.equals("unknown") ? found.isEmpty() ? ": no" : ": yes" : "";
    return outcome + there + (Unreferenced.of(sound, MODEL).isEmpty() ? "" : " *");
  }

  private void retry(
      StagedModel staged, Function<ModelStore, StagedModel> staging, Provenance provenance) {
    int highest = observer.versions(MODEL).size();
    try (StagedModel again = staged == null ? staging.apply(store()) : staged) {
      assertThat(again.publish(provenance).number()).isEqualTo(highest + 1);
    }
  }

  /** The versions of a seed, after a look at all: contiguous, and each one whole. */
  private List<ModelVersion> versionsOf(int seed) {
    List<ModelVersion> found = new ArrayList<>();
    int number = 1;
    for (ModelVersion version : observer.versions(MODEL)) {
      assertThat(version.number()).isEqualTo(number++);
      if (requireWhole(observer.read(version)) == seed) {
        found.add(version);
      }
    }
    return found;
  }

  private static int requireWhole(StoredModel model) {
    int seed = (int) model.manifest().provenance().seed();
    assertThat(model.parameters().weights()).isEqualTo(Samples.tinyParameters(seed).weights());
    assertThat(model.parameters().others()).isEqualTo(Samples.tinyParameters(seed).others());
    assertThat(model.configuration()).isEqualTo(Samples.configuration(seed));
    return seed;
  }

  String moveTag() throws IOException {
    prepare(1);
    prepare(2);
    observer.tag(FIRST, "production");
    String outcome;
    try {
      store().tag(SECOND, "production");
      outcome = "done";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    ModelVersion tagged = observer.tags(MODEL).get("production");
    if (outcome.equals("done")) {
      assertThat(tagged).isEqualTo(SECOND);
    } else {
      assertThat(tagged).isIn(FIRST, SECOND);
      outcome = tagged.equals(FIRST) ? "refused" : "unknown: yes";
      store().tag(SECOND, "production");
    }
    assertThat(observer.tags(MODEL)).isEqualTo(Map.of("production", SECOND));
    return outcome + (Unreferenced.of(sound, MODEL).isEmpty() ? "" : " *");
  }

  String readVersion() {
    prepare(1);
    String outcome;
    try {
      assertThat(requireWhole(store().read(FIRST))).isEqualTo(1);
      outcome = "done";
    } catch (IntegrityException e) {
      outcome = "integrity";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    requireWhole(store().read(FIRST));
    return outcome;
  }

  String listAll() {
    prepare(1);
    observer.tag(FIRST, "production");
    String outcome;
    try {
      outcome = listed(store()).equals(listed(observer)) ? "done" : "untrue";
    } catch (IntegrityException e) {
      outcome = "integrity";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    assertThat(listed(store())).isEqualTo(listed(observer));
    return outcome;
  }

  private static List<Object> listed(ModelStore store) {
    return List.of(
        store.models(),
        store.versions(MODEL),
        store.tags(MODEL),
        store.resolve(ModelReference.parse(MODEL + "@production")));
  }

  String exportVersion() throws IOException {
    prepare(1);
    byte[] whole = exported(observer, FIRST);
    String outcome;
    try {
      assertThat(exported(store(), FIRST)).isEqualTo(whole);
      outcome = "done";
    } catch (IntegrityException e) {
      outcome = "integrity";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    assertThat(exported(store(), FIRST)).isEqualTo(whole);
    return outcome;
  }

  private static byte[] exported(ModelStore store, ModelVersion version) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    store.export(version, to);
    return to.toByteArray();
  }

  /** Of three versions the first is tagged and the last is the highest: the second goes. */
  String expireVersion() throws IOException {
    prepare(1);
    prepare(2);
    prepare(3);
    observer.tag(FIRST, "production");
    String outcome;
    try {
      StoreMaintenance maintenance = store().maintenance();
      maintenance.expire(maintenance.planExpiry(MODEL, 1));
      outcome = "done";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    SortedSet<ModelVersion> expired = observer.expired(MODEL);
    assertThat(expired).isIn(new TreeSet<>(), new TreeSet<>(List.of(SECOND)));
    if (outcome.equals("done")) {
      outcome = expired.isEmpty() ? "untrue" : "done";
    } else {
      outcome = expired.isEmpty() ? "refused" : "unknown: yes";
    }
    String left = Unreferenced.of(sound, MODEL).isEmpty() ? "" : " *";
    StoreMaintenance maintenance = store().maintenance();
    maintenance.expire(maintenance.planExpiry(MODEL, 1));
    assertThat(observer.expired(MODEL)).containsExactly(SECOND);
    requireWhole(observer.read(FIRST));
    requireWhole(observer.read(new ModelVersion(MODEL, 3)));
    return outcome + left;
  }

  /** Of an expired version, of a publisher and of a tag's writer that died. */
  String collectGarbage() throws IOException {
    prepareInOrder();
    observer.maintenance().expire(observer.maintenance().planExpiry(MODEL, 1));
    observer.tag(SECOND, "production");
    sound.write(StorePaths.hidden(StorePaths.tags(MODEL), "new"), new byte[] {1});
    String dead = StorePaths.payload(MODEL, new UUID(0, 0));
    sound.createFolder(dead);
    sound.write(dead + "/000-fc.weight.tensor", new byte[] {1});
    String outcome;
    try {
      outcome = collect(FaultyFiles.aged(faulty)) ? "done" : "skipped";
    } catch (StoreException e) {
      outcome = "refused";
    }
    made = plan.calls().size();
    plan.heal();
    assertThat(requireWhole(observer.read(SECOND))).isEqualTo(2);
    assertThat(observer.versions(MODEL)).containsExactly(FIRST, SECOND);
    boolean clean = isClean();
    assertThat(collect(FaultyFiles.aged(sound))).isTrue();
    assertThat(isClean()).isTrue();
    assertThat(observer.maintenance().verify(MODEL).damages()).isEmpty();
    return outcome.equals("done") && !clean ? "untrue" : outcome + (clean ? "" : " *");
  }

  /** Two versions whose payloads, of random names, are gone through in their order. */
  private void prepareInOrder() throws IOException {
    prepare(1);
    prepare(2);
    while (payload(FIRST).compareTo(payload(SECOND)) > 0) {
      sound.deleteFolder(StorePaths.model(MODEL));
      prepare(1);
      prepare(2);
    }
  }

  private String payload(ModelVersion version) {
    return observer.manifest(version).payload().toString();
  }

  /** Whether nothing was left alone. */
  private static boolean collect(StoreFiles files) {
    StoreMaintenance maintenance = new HadoopModelStore(files).maintenance();
    Garbage found = maintenance.findGarbage(GracePeriod.LEAST);
    return maintenance.collect(found, GracePeriod.LEAST).skipped().isEmpty();
  }

  /** Whether only the payload of the live version is left. */
  private boolean isClean() throws IOException {
    return sound.list(StorePaths.data(MODEL)).equals(List.of(payload(SECOND)))
        && Unreferenced.of(sound, MODEL).isEmpty();
  }
}
