package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.store.Garbage;
import io.secateur.store.GracePeriod;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.StoredModel;
import io.secateur.store.hadoop.FaultPlan.Call;
import io.secateur.store.hadoop.FaultPlan.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publishing process is killed with {@code kill -9} at its calls of the filesystem: in full size
 * five times in each kind of call on each kind of file, in every build once in a few.
 */
class KilledPublisherTest {
  private static final int KILLS = Faults.sized(1, 5);

  @TempDir private Path folder;

  /** Where to kill: at a call, before it or half way. */
  private record Step(int call, Fault when, String name) {}

  @Test
  void onFile() throws Exception {
    killAll(folder.toUri(), 6);
  }

  @Test
  void onHdfs() throws Exception {
    killAll(MiniHdfs.uri("/killed"), 2);
  }

  /** The calls of publishing a second version: the first of each kind. */
  private static List<Step> steps(URI root) {
    FaultPlan plan = new FaultPlan(root.getPath(), Map.of());
    ModelStore store = new HadoopModelStore(DoomedProcess.files(root, plan));
    publish(store, "trace", 1);
    int before = plan.calls().size();
    publish(store, "trace", 2);
    Map<String, Step> steps = new LinkedHashMap<>();
    List<Call> calls = plan.calls();
    for (int i = before; i < calls.size(); i++) {
      Call call = calls.get(i);
      String name = call.operation().word() + " " + FaultMatrix.step(call.path());
      steps.putIfAbsent(name, new Step(i - before, Fault.BEFORE, name));
      if (DoomedProcess.writes(call.operation())) {
        steps.putIfAbsent("half " + name, new Step(i - before, Fault.HALF, "half " + name));
      }
    }
    return List.copyOf(steps.values());
  }

  private static ModelVersion publish(ModelStore store, String model, int seed) {
    try (StagedModel staged = store.stage(Samples.tinyDraft(model, seed))) {
      return staged.publish(Samples.provenance(seed));
    }
  }

  private static void killAll(URI root, int few) throws Exception {
    List<Step> steps = steps(root);
    List<Step> chosen = new ArrayList<>();
    // The last calls are those around the commit.
    for (int i = 0; i < steps.size(); i++) {
      if (Faults.isFull() || i >= steps.size() - few) {
        chosen.add(steps.get(i));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> models = new ArrayList<>();
      for (int i = 0; i < chosen.size(); i++) {
        Step step = chosen.get(i);
        String model = "m" + i;
        models.add(
            pool.submit(
                () -> {
                  killIn(root, model, step);
                  return null;
                }));
      }
      for (Future<?> model : models) {
        model.get();
      }
      collect(root, chosen.size());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void killIn(URI root, String model, Step step) throws Exception {
    StoreFiles files = DoomedProcess.files(root, new FaultPlan(root.getPath(), Map.of()));
    ModelStore store = new HadoopModelStore(files);
    publish(store, model, 1);
    for (int kill = 0; kill < KILLS; kill++) {
      int before = store.versions(model).size();
      String stood = kill(root, model, 2 + kill, step);
      List<Integer> seeds = seeds(store, model);
      boolean committed = step.name().endsWith("delete manifest, hidden") || afterLink(step.name());
      assertThat(seeds).as(stood).hasSize(committed ? before + 1 : before);
      assertThat(seeds.contains(2 + kill)).as(stood).isEqualTo(committed);
    }
    int highest = store.versions(model).size();
    assertThat(publish(store, model, 99).number()).isEqualTo(highest + 1);
    assertThat(seeds(store, model)).contains(99);
  }

  /** Of what the killed left, garbage collection leaves only what a version needs. */
  private static void collect(URI root, int models) throws IOException {
    StoreFiles files = DoomedProcess.files(root, new FaultPlan(root.getPath(), Map.of()));
    ModelStore store = new HadoopModelStore(files);
    List<String> left = new ArrayList<>();
    Map<String, List<Integer>> before = new LinkedHashMap<>();
    for (int i = 0; i < models; i++) {
      left.addAll(Unreferenced.of(files, "m" + i));
      before.put("m" + i, seeds(store, "m" + i));
      age(root, files, "m" + i);
    }
    assertThat(left).isNotEmpty();
    StoreMaintenance maintenance = store.maintenance();
    Garbage found = maintenance.findGarbage(GracePeriod.LEAST);
    assertThat(maintenance.collect(found, GracePeriod.LEAST).skipped()).isEmpty();
    for (String model : before.keySet()) {
      assertThat(Unreferenced.of(files, model)).isEmpty();
      assertThat(seeds(store, model)).isEqualTo(before.get(model));
      assertThat(maintenance.verify(model).damages()).isEmpty();
    }
  }

  /** Two hours pass. */
  private static void age(URI root, StoreFiles files, String model) throws IOException {
    for (String payload : files.list(StorePaths.data(model))) {
      String folder = StorePaths.data(model) + "/" + payload;
      for (String name : files.list(folder)) {
        age(root, folder + "/" + name);
      }
      age(root, folder);
    }
  }

  private static void age(URI root, String path) throws IOException {
    Instant time = Instant.now().minus(Duration.ofHours(2));
    if (root.getScheme().equals("file")) {
      Files.setLastModifiedTime(Path.of(root).resolve(path), FileTime.from(time));
    } else {
      MiniHdfs.files()
          .setTimes(new org.apache.hadoop.fs.Path(root + "/" + path), time.toEpochMilli(), -1);
    }
  }

  /** On a local disk the folder is synced after the link, and by that time the version is there. */
  private static boolean afterLink(String name) {
    return name.equals("open versions folder") || name.equals("fsync versions folder");
  }

  private static String kill(URI root, String model, int seed, Step step) throws Exception {
    try (ChildJvm child =
        new ChildJvm(
            DoomedProcess.class,
            root.toString(),
            model,
            String.valueOf(seed),
            String.valueOf(step.call()),
            step.when().toString())) {
      String stood = child.line();
      assertThat(stood).as("step " + step).startsWith("at ");
      child.kill();
      return stood;
    }
  }

  /** The seeds of all versions, which are contiguous and whole. */
  private static List<Integer> seeds(ModelStore store, String model) throws IOException {
    List<Integer> seeds = new ArrayList<>();
    for (ModelVersion version : store.versions(model)) {
      assertThat(version.number()).isEqualTo(seeds.size() + 1);
      StoredModel read = store.read(version);
      int seed = (int) read.manifest().provenance().seed();
      assertThat(read.parameters().weights()).isEqualTo(Samples.tinyParameters(seed).weights());
      seeds.add(seed);
    }
    return seeds;
  }
}
