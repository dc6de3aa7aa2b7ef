package io.secateur.paper;

import io.secateur.config.CommandLineOverrides;
import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.job.JobEnvironment;
import io.secateur.job.JobHistory;
import io.secateur.job.PruneJob;
import io.secateur.job.TrainJob;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import io.secateur.report.QuietListener;
import io.secateur.report.ResultBuilder;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.ModelStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs of shipped files on all of MNIST, with values set as on the command line. What is pruned is
 * trained first, once for each way to train it: a job from a stored network gives the bits of one
 * that trains it itself.
 */
final class PaperRuns {
  /** Keys that decide what the dense network is. */
  private static final List<String> DENSE_KEYS =
      List.of("train.", "data.", "rounds.", "partitions");

  private final ModelStore store;
  private final Map<String, JobResult> dense = new HashMap<>();
  private int jobs;

  /**
   * @param folder of a store that is not there yet
   */
  PaperRuns(Path folder) {
    this.store = ModelStores.open(folder.toUri());
  }

  /**
   * Trains a job file's dense network, unless it was trained before.
   *
   * @param sets {@code key=value}; those of pruning are passed over
   */
  JobResult dense(String file, long seed, List<String> sets) {
    List<String> own =
        new ArrayList<>(
            sets.stream().filter(set -> DENSE_KEYS.stream().anyMatch(set::startsWith)).toList());
    String key = file + " " + seed + " " + own;
    if (!dense.containsKey(key)) {
      own.add("seed=" + seed);
      own.add("publish-as=dense-" + dense.size());
      ResultBuilder result = result("train");
      new TrainJob(options(file, own), environment(result)).run();
      dense.put(key, result.succeeded());
    }
    return dense.get(key);
  }

  /** Prunes the dense network of a job file as the file and these sets say. */
  JobResult pruned(String file, long seed, List<String> sets) {
    JobResult trained = dense(file, seed, sets);
    List<String> own = new ArrayList<>(sets);
    own.addAll(
        List.of(
            "seed=" + seed,
            "network=null",
            "from=" + trained.model() + "@" + trained.version(),
            "publish-as=pruned"));
    ResultBuilder result = result("prune");
    new PruneJob(options(file, own), environment(result)).run();
    return result.succeeded();
  }

  private JobOptions options(String file, List<String> sets) {
    List<String> all = new ArrayList<>(sets);
    all.add("store=" + store.root());
    return JobFileReader.readShipped(file, all, CommandLineOverrides.none());
  }

  private ResultBuilder result(String job) {
    return JobResult.builder(job, "paper-" + ++jobs);
  }

  private JobEnvironment environment(ResultBuilder result) {
    return new JobEnvironment(
        "paper-" + jobs,
        "local[*]",
        store,
        new QuietListener(System.err),
        result,
        new PublishGate(),
        JobHistory.first(0));
  }
}
