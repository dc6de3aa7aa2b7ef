package io.secateur.store.hadoop;

import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishes versions of one model from several threads, and prints what it was told of each. */
final class PublishingProcess {
  private PublishingProcess() {}

  /** Takes the store, the first seed, threads and publishes of each: every publish has a seed. */
  public static void main(String[] arguments) throws Exception {
    URI root = URI.create(arguments[0]);
    int first = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    int publishes = Integer.parseInt(arguments[3]);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int seed = first + thread * publishes;
      ModelStore store = ModelStores.open(root);
      running.add(pool.submit(() -> publish(store, seed, publishes)));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    pool.shutdown();
    // Hadoop's client leaves threads behind.
    System.exit(0);
  }

  private static void publish(ModelStore store, int first, int publishes) {
    for (int seed = first; seed < first + publishes; seed++) {
      String told;
      try (StagedModel staged = store.stage(Samples.tinyDraft("m", seed))) {
        ModelVersion version = staged.publish(Samples.provenance(seed));
        told = "published " + version.number();
      } catch (RuntimeException e) {
        told = "failed " + e;
      }
      synchronized (PublishingProcess.class) {
        System.out.println(seed + " " + told);
      }
    }
  }
}
