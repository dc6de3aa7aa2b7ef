package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes publish versions of one model from several threads each: 3 x 8 x 20 in full size, 2 x 2
 * x 3 in every build. Meanwhile two readers read whatever appears.
 */
class ConcurrentPublishersTest {
  private static final int PROCESSES = Faults.sized(2, 3);
  private static final int THREADS = Faults.sized(2, 8);
  private static final int PUBLISHES = Faults.sized(3, 20);
  private static final int READERS = 2;

  @TempDir private Path folder;

  @Test
  void onFile() throws Exception {
    publishAndRead(folder.toUri());
  }

  @Test
  void onHdfs() throws Exception {
    publishAndRead(MiniHdfs.uri("/concurrent"));
  }

  private static void publishAndRead(URI root) throws Exception {
    int each = THREADS * PUBLISHES;
    int all = PROCESSES * each;
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger early = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSES + READERS);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(pool.submit(() -> readWhile(ModelStores.open(root), writing, early)));
      }
      List<Future<List<String>>> writers = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        int first = 1 + i * each;
        writers.add(pool.submit(() -> publish(root, first)));
      }
      Map<Integer, Integer> told = new TreeMap<>();
      for (Future<List<String>> writer : writers) {
        for (String line : writer.get()) {
          String[] words = line.split(" ", -1);
          assertThat(words[1]).as(line).isEqualTo("published");
          told.put(Integer.valueOf(words[2]), Integer.valueOf(words[0]));
        }
      }
      writing.set(false);

      assertThat(told.keySet())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, all).boxed().toList());
      ModelStore store = ModelStores.open(root);
      assertThat(store.versions("m"))
          .extracting(ModelVersion::number)
          .containsExactlyElementsOf(told.keySet());
      told.forEach(
          (number, seed) ->
              assertThat(requireWhole(store.read(new ModelVersion("m", number)))).isEqualTo(seed));
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(all);
      }
      assertThat(early.get()).as("versions read while others were published").isPositive();
    } finally {
      writing.set(false);
      pool.shutdownNow();
    }
  }

  private static List<String> publish(URI root, int first)
      throws IOException, InterruptedException {
    try (ChildJvm child =
        new ChildJvm(
            PublishingProcess.class,
            root.toString(),
            String.valueOf(first),
            String.valueOf(THREADS),
            String.valueOf(PUBLISHES))) {
      List<String> lines = child.lines();
      assertThat(child.exitCode()).isZero();
      assertThat(lines).hasSize(THREADS * PUBLISHES);
      return lines;
    }
  }

  /** Reads each version as soon as it is listed; the number of those seen at the end. */
  private static int readWhile(ModelStore store, AtomicBoolean writing, AtomicInteger early) {
    int seen = 0;
    boolean again = true;
    while (again) {
      again = writing.get();
      List<ModelVersion> versions = store.versions("m");
      for (int i = 0; i < versions.size(); i++) {
        assertThat(versions.get(i).number()).isEqualTo(i + 1);
      }
      for (ModelVersion version : versions.subList(seen, versions.size())) {
        requireWhole(store.read(version));
        if (writing.get()) {
          early.incrementAndGet();
        }
      }
      seen = versions.size();
    }
    return seen;
  }

  private static int requireWhole(StoredModel model) {
    int seed = (int) model.manifest().provenance().seed();
    assertThat(model.parameters().weights()).isEqualTo(Samples.tinyParameters(seed).weights());
    assertThat(model.parameters().others()).isEqualTo(Samples.tinyParameters(seed).others());
    assertThat(model.configuration()).isEqualTo(Samples.configuration(seed));
    return seed;
  }
}
