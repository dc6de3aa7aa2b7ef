package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.error.StoreException;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredModel;
import io.secateur.store.hadoop.FaultPlan.Call;
import io.secateur.store.hadoop.FaultPlan.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the store does while its filesystem fails, and what must hold afterwards whatever failed.
 */
enum StoreAction {
  PUBLISH_FIRST("publish a first version") {
    @Override
    String act(Bench bench) throws IOException {
      return bench.publish(1);
    }
  },
  PUBLISH_NEXT("publish a next version") {
    @Override
    String act(Bench bench) throws IOException {
      return bench.publishAfter(2);
    }
  },
  ANSWER_LOST("the commit's answer was lost") {
    @Override
    Optional<Fault> given() {
      return Optional.of(Fault.AFTER);
    }

    @Override
    String act(Bench bench) throws IOException {
      return bench.publishAfter(2);
    }
  },
  COMMIT_FAILED("the commit failed once") {
    @Override
    Optional<Fault> given() {
      return Optional.of(Fault.BEFORE);
    }

    @Override
    String act(Bench bench) throws IOException {
      return bench.publishAfter(2);
    }
  },
  OVERTAKEN("another writer was first") {
    @Override
    boolean beginsAtCommit() {
      return true;
    }

    @Override
    String act(Bench bench) throws IOException {
      bench.overtaken();
      return bench.publishAfter(2);
    }
  },
  TAG("move a tag") {
    @Override
    String act(Bench bench) throws IOException {
      return bench.moveTag();
    }
  },
  READ("read a version") {
    @Override
    String act(Bench bench) throws IOException {
      return bench.readVersion();
    }
  },
  LIST("list models, versions, tags") {
    @Override
    String act(Bench bench) throws IOException {
      return bench.listAll();
    }
  };

  /** What became of it, and the calls that it made. */
  record Result(String outcome, List<Call> calls) {}

  private final String words;

  StoreAction(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The fault that the commit has in any case. */
  Optional<Fault> given() {
    return Optional.empty();
  }

  /** Whether this is about the calls behind the first commit only. */
  boolean beginsAtCommit() {
    return given().isPresent();
  }

  abstract String act(Bench bench) throws IOException;

  Result run(StoreFiles sound, StoreFiles faulty, FaultPlan plan) throws IOException {
    Bench bench = new Bench(sound, faulty, plan);
    String outcome = act(bench);
    List<Call> calls = plan.calls();
    return new Result(outcome, calls.subList(0, bench.made));
  }

  /** A store whose filesystem fails, seen by an observer whose filesystem doesn't. */
  static final class Bench {
    private static final String MODEL = "m";
    private static final ModelVersion FIRST = new ModelVersion(MODEL, 1);
    private static final ModelVersion SECOND = new ModelVersion(MODEL, 2);

    private final StoreFiles sound;
    private final ModelStore observer;
    private final FaultPlan plan;
    private StoreFiles faulty;
    private int made;

    Bench(StoreFiles sound, StoreFiles faulty, FaultPlan plan) {
      this.sound = sound;
      this.observer = new HadoopModelStore(sound);
      this.plan = plan;
      this.faulty = FaultyFiles.with(faulty, "patience", (call, operation) -> plan.patience());
    }

    private ModelStore store() {
      return new HadoopModelStore(faulty);
    }

    private void prepare(int seed) {
      try (StagedModel staged = observer.stage(Samples.tinyDraft(MODEL, seed))) {
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
      String outcome;
      StagedModel staged = null;
      ModelVersion version = null;
      try {
        staged = store().stage(Samples.tinyDraft(MODEL, seed));
        version = staged.publish(Samples.provenance(seed));
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
        retry(staged, seed);
      }
      assertThat(versionsOf(seed)).hasSize(outcome.equals("unknown") ? found.size() : 1);
      String there = outcome.equals("unknown") ? found.isEmpty() ? ": no" : ": yes" : "";
      return outcome + there + (Unreferenced.of(sound, MODEL).isEmpty() ? "" : " *");
    }

    private void retry(StagedModel staged, int seed) {
      int highest = observer.versions(MODEL).size();
      try (StagedModel again =
          staged == null ? store().stage(Samples.tinyDraft(MODEL, seed)) : staged) {
        assertThat(again.publish(Samples.provenance(seed)).number()).isEqualTo(highest + 1);
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
  }
}
