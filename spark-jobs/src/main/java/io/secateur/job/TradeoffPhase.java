package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.TradeoffOptions;
import io.secateur.config.TradeoffVariant;
import io.secateur.config.TradeoffVariant.Penalty;
import io.secateur.config.TradeoffVariant.Retraining;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.Pruner;
import io.secateur.report.TradeoffReport;
import io.secateur.report.TradeoffTable;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Sparsity;
import io.secateur.train.DataParallelTrainer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The curves of a tradeoff. Each variant runs in a thread of its own; those of a penalty wait for
 * its dense network. Every point is in the job's folder of the store as soon as it is measured; a
 * job that is resumed measures the others, and walks a chain of cuts again up to where it broke
 * off.
 */
final class TradeoffPhase {
  private final JobOptions options;
  private final TradeoffOptions tradeoff;
  private final JobEnvironment environment;
  private final TradeoffWorkshop workshop;
  private final Consumer<byte[]> csv;
  private final TradeoffTable table;

  /**
   * @param csv is told the CSV after each point, by several threads, one at a time
   */
  TradeoffPhase(
      JobOptions options,
      JobEnvironment environment,
      TradeoffWorkshop workshop,
      Consumer<byte[]> csv) {
    this.options = options;
    this.tradeoff = options.requireTradeoff();
    this.environment = environment;
    this.workshop = workshop;
    this.csv = csv;
    List<String> order = new ArrayList<>();
    for (TradeoffVariant variant : tradeoff.variants()) {
      order.add(key(variant, Sparsity.ZERO));
      tradeoff.sparsities().forEach(sparsity -> order.add(key(variant, sparsity)));
    }
    this.table = new TradeoffTable(order, workshop.examples());
  }

  private static String key(TradeoffVariant variant, Sparsity sparsity) {
    return TradeoffTable.key(variant.wireName(), sparsity.toString());
  }

  /** Measures what is not measured yet. */
  TradeoffReport run() {
    long start = System.nanoTime();
    if (environment.history().isResumed()) {
      environment
          .store()
          .jobs()
          .read(environment.jobId(), TradeoffTable.FILE)
          .ifPresent(table::addAll);
    }
    int before = table.size();
    List<TradeoffVariant> open = tradeoff.variants().stream().filter(this::isOpen).toList();
    environment
        .listener()
        .note(
            String.format(
                Locale.ROOT,
                "tradeoff of %d variants at %d sparsities on %d validation rows%s",
                tradeoff.variants().size(),
                tradeoff.sparsities().size(),
                workshop.examples(),
                before == 0 ? "" : ", " + before + " points measured before"));
    runAll(open);
    keep();
    return new TradeoffReport(
        workshop.examples(),
        workshop.weights(),
        before,
        JobSession.since(start).toMillis() / 1000.0,
        tradeoff.variants().stream().map(this::curve).toList());
  }

  private boolean isOpen(TradeoffVariant variant) {
    return !isMeasured(variant, Sparsity.ZERO)
        || !tradeoff.sparsities().stream().allMatch(sparsity -> isMeasured(variant, sparsity));
  }

  private boolean isMeasured(TradeoffVariant variant, Sparsity sparsity) {
    return table.point(key(variant, sparsity)).isPresent();
  }

  private TradeoffReport.Curve curve(TradeoffVariant variant) {
    List<TradeoffReport.Point> points = new ArrayList<>();
    points.add(table.point(key(variant, Sparsity.ZERO)).orElseThrow());
    for (Sparsity sparsity : tradeoff.sparsities()) {
      points.add(table.point(key(variant, sparsity)).orElseThrow());
    }
    return new TradeoffReport.Curve(variant.wireName(), points);
  }

  /** All at once; the first that fails ends the others. */
  private void runAll(List<TradeoffVariant> open) {
    if (open.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<Penalty, CompletableFuture<SourceNetwork>> dense = new EnumMap<>(Penalty.class);
      for (TradeoffVariant variant : open) {
        dense.computeIfAbsent(
            variant.penalty(),
            penalty -> CompletableFuture.supplyAsync(() -> dense(penalty), threads));
      }
      ExecutorCompletionService<Integer> running = new ExecutorCompletionService<>(threads);
      List<Future<Integer>> begun = new ArrayList<>();
      for (TradeoffVariant variant : open) {
        begun.add(
            running.submit(
                () ->
                    workshop.inPool(
                        variant.wireName(),
                        () -> measure(variant, dense.get(variant.penalty()).join()))));
      }
      for (int ended = 0; ended < begun.size(); ended++) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while variants run", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException failure(Throwable cause) {
    Throwable root = cause;
    while (root instanceof CompletionException && root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof RuntimeException known ? known : new IllegalStateException(root);
  }

  private SourceNetwork dense(Penalty penalty) {
    return workshop.inPool("dense " + penalty.wireName(), () -> workshop.dense(penalty));
  }

  /** Tells how many points the variant has. */
  private int measure(TradeoffVariant variant, SourceNetwork dense) {
    JobOptions own = options.penalised(variant.penalty());
    put(variant, Sparsity.ZERO, dense.parameters());
    if (variant.retraining() == Retraining.NONE) {
      for (Sparsity sparsity : tradeoff.sparsities()) {
        put(variant, sparsity, cut(own.pruning(tradeoff.cutTo(sparsity)), dense));
      }
    } else {
      try (DataParallelTrainer trainer = workshop.trainer(variant.wireName())) {
        retrain(variant, own, dense, trainer);
      }
    }
    return tradeoff.sparsities().size();
  }

  private void retrain(
      TradeoffVariant variant, JobOptions own, SourceNetwork dense, DataParallelTrainer trainer) {
    boolean chained = variant.retraining() == Retraining.STEP_BY_STEP;
    SourceNetwork from = dense;
    for (Sparsity sparsity : tradeoff.sparsities()) {
      if (chained ? isDoneFrom(variant, sparsity) : isMeasured(variant, sparsity)) {
        continue;
      }
      NetworkParameters retrained =
          workshop.retrained(own.pruning(tradeoff.cutTo(sparsity)), from, trainer);
      from = chained ? from.cutTo(retrained) : dense;
      put(variant, sparsity, retrained);
    }
  }

  /** Whether neither this point nor one after it is open. */
  private boolean isDoneFrom(TradeoffVariant variant, Sparsity first) {
    List<Sparsity> all = tradeoff.sparsities();
    return all.subList(all.indexOf(first), all.size()).stream()
        .allMatch(sparsity -> isMeasured(variant, sparsity));
  }

  private static NetworkParameters cut(JobOptions own, SourceNetwork dense) {
    NetworkParameters parameters = dense.parameters().copy();
    Mask mask =
        Pruner.begin(own.requirePrune(), parameters, dense.mask(), dense.weightsBeforePruning())
            .prune(parameters, dense.mask(), Fraction.ONE)
            .mask();
    mask.zeroAbsent(parameters.weights());
    return parameters;
  }

  private void put(TradeoffVariant variant, Sparsity sparsity, NetworkParameters parameters) {
    environment.gate().requireOpen();
    if (isMeasured(variant, sparsity)) {
      return;
    }
    long errors = workshop.errors(parameters);
    long left = parameters.mask().cardinality();
    table.put(key(variant, sparsity), sparsity.doubleValue(), left, errors);
    keep();
    environment
        .listener()
        .note(
            String.format(
                Locale.ROOT,
                "%s at sparsity %s: %d weights, validation error %.2f %%",
                variant.wireName(),
                sparsity,
                left,
                100.0 * errors / workshop.examples()));
  }

  private synchronized void keep() {
    byte[] content = table.toCsv();
    environment.store().jobs().write(environment.jobId(), TradeoffTable.FILE, content);
    csv.accept(content);
  }
}
