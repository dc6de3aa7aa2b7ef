package io.secateur.catalog;

import io.secateur.config.CatalogPolicy;
import io.secateur.config.ModelRule;
import io.secateur.config.RecordedJob;
import io.secateur.error.DataException;
import io.secateur.error.JobFailedException;
import io.secateur.error.SecateurException;
import io.secateur.job.JobEnvironment;
import io.secateur.job.Software;
import io.secateur.report.CatalogReport;
import io.secateur.report.CatalogTable;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.train.SchedulerPool;
import io.secateur.train.SparkFailures;
import io.secateur.train.SparkRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.LoggerFactory;

/**
 * Compresses all models of a catalog. Each is published as soon as it is done; one that fails costs
 * only itself.
 */
public final class CompressJob {
  private final List<String> catalog;
  private final CatalogPolicy policy;
  private final JobEnvironment environment;
  private final Consumer<byte[]> csv;
  private final List<CatalogReport.Model> models = new ArrayList<>();
  private final long start = System.nanoTime();

  /**
   * A job that is not started yet.
   *
   * @param catalog a folder, or names, globs and tags of the store
   * @param csv is told catalog.csv after each model, one at a time
   */
  public CompressJob(
      List<String> catalog,
      CatalogPolicy policy,
      JobEnvironment environment,
      Consumer<byte[]> csv) {
    this.catalog = List.copyOf(catalog);
    this.policy = policy;
    this.environment = environment;
    this.csv = csv;
  }

  /**
   * Runs the job to its end.
   *
   * @return what became of the models
   * @throws SecateurException when the catalog can't be found, or the cluster, the store or an
   *     interruption ends the job; models that were done stay published
   */
  public CatalogReport run() {
    CatalogListing.Found found = new CatalogListing(environment.store()).list(catalog);
    record();
    found.refused().forEach((source, reason) -> add(ModelRows.failed(source, source, reason, 0)));
    List<CatalogEntry> plain = new ArrayList<>();
    List<CatalogEntry> measured = new ArrayList<>();
    for (CatalogEntry entry : found.entries()) {
      boolean data = policy.model(entry.model()).flatMap(ModelRule::job).isPresent();
      (data ? measured : plain).add(entry);
    }
    try (JavaSparkContext spark =
        SparkRuntime.open(environment.master(), "secateur compress " + environment.jobId())) {
      SparkRuntime.logAs(spark, environment.jobId(), "catalog");
      environment.listener().jobStarted();
      environment
          .listener()
          .note(
              String.format(
                  Locale.ROOT,
                  "%d models, %.1f MB, %d with data",
                  found.entries().size(),
                  found.entries().stream().mapToLong(CatalogEntry::bytes).sum() / 1e6,
                  measured.size()));
      int slots = spark.defaultParallelism();
      each(plain, slots, entry -> inTask(spark, entry));
      MeasuredModels withData = new MeasuredModels(policy, environment, spark);
      each(
          measured,
          slots,
          entry -> SchedulerPool.run(spark, entry.model(), () -> withData.compress(entry)));
    }
    return report();
  }

  private void record() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("catalog", catalog);
    options.put("policy", policy.document());
    options.put("store", environment.store().root().toString());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("job", "compress");
    run.put("policy", policy.hash());
    run.put("software", Map.of("secateur", Software.version()));
    RecordedJob now = RecordedJob.of(options, environment.jobId(), run);
    if (environment.history().isResumed()) {
      environment
          .store()
          .jobs()
          .read(environment.jobId(), RecordedJob.NAME)
          .ifPresent(yaml -> RecordedJob.parse(RecordedJob.NAME, yaml).requireSame(now));
    }
    environment.store().jobs().write(environment.jobId(), RecordedJob.NAME, now.toYaml());
  }

  /** Works on models in as many threads as the cluster has slots, in the order of the list. */
  private void each(
      List<CatalogEntry> entries, int slots, Function<CatalogEntry, CatalogReport.Model> work) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, slots));
    try {
      List<Future<?>> begun = new ArrayList<>();
      for (CatalogEntry entry : entries) {
        begun.add(threads.submit(() -> add(contained(entry, work))));
      }
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models are compressed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What goes wrong with a model is the model's; what ends the job is the job's. */
  private CatalogReport.Model contained(
      CatalogEntry entry, Function<CatalogEntry, CatalogReport.Model> work) {
    environment.gate().requireOpen();
    long began = System.nanoTime();
    try {
      return work.apply(entry);
    } catch (JobFailedException | DataException e) {
      environment.gate().requireOpen();
      return ModelRows.failed(entry.model(), entry.source(), e.problem().line(), seconds(began));
    } catch (SecateurException e) {
      throw e;
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(CompressJob.class).warn("model {}", entry.source(), e);
      return ModelRows.failed(entry.model(), entry.source(), e.toString(), seconds(began));
    }
  }

  private CatalogReport.Model inTask(JavaSparkContext spark, CatalogEntry entry) {
    Optional<Product> known = Product.newest(environment.store(), entry.model());
    ModelTask task =
        new ModelTask(entry, policy, environment.store().root(), environment.jobId(), known);
    spark.setJobDescription("compress " + entry.source());
    TaskOutcome outcome =
        SparkFailures.translating(
            () -> spark.parallelize(List.of(task), 1).map(ModelTask::run).collect().get(0));
    if (outcome.failure().isPresent()) {
      return ModelRows.failed(
          entry.model(), entry.source(), outcome.failure().get(), outcome.seconds());
    }
    return outcome
        .manifest()
        .map(
            written ->
                ModelRows.done(
                    entry.source(),
                    environment.store().manifest(publish(written, known)),
                    environment.jobId(),
                    outcome.seconds()))
        .orElseGet(
            () ->
                ModelRows.done(
                    entry.source(),
                    known.orElseThrow().manifest(),
                    environment.jobId(),
                    outcome.seconds()));
  }

  private ModelVersion publish(ModelManifest written, Optional<Product> known) {
    int after = known.map(product -> product.manifest().version().number()).orElse(0);
    try (StagedModel staged = environment.store().staged(written)) {
      return environment.gate().commit(() -> staged.publishOnce(written.provenance(), after));
    }
  }

  private synchronized void add(CatalogReport.Model model) {
    models.add(model);
    byte[] table = CatalogTable.toCsv(report());
    csv.accept(table);
    environment.store().jobs().write(environment.jobId(), CatalogTable.FILE, table);
    if (model.status() == CatalogReport.Status.FAILED) {
      environment.listener().warning(model.source() + ": " + model.reason());
    } else {
      environment
          .listener()
          .note(
              String.format(
                  Locale.ROOT,
                  "%s@%d %s: weights %.1fx, bytes %.1fx in %.1f s",
                  model.model(),
                  model.version(),
                  model.status().wireName(),
                  (double) model.weightsBefore() / Math.max(1, model.weightsAfter()),
                  (double) model.bytesBefore() / model.bytesAfter(),
                  model.seconds()));
    }
  }

  private synchronized CatalogReport report() {
    CatalogReport report = CatalogReport.of(models, seconds(start));
    environment.result().catalog(report);
    return report;
  }

  private static double seconds(long since) {
    return Math.round((System.nanoTime() - since) / 1e6) / 1e3;
  }
}
