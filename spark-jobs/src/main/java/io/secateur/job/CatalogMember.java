package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.data.DataSplits;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.PruneOutcome;
import io.secateur.prune.Pruner;
import io.secateur.report.JobResult;
import io.secateur.report.QuietListener;
import io.secateur.report.WeightHistogram;
import io.secateur.store.ModelVersion;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.train.Aggregation;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.TrainingPlan;
import io.secateur.train.dl4j.BeyondTopology;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.engine.Coverage;
import io.secateur.train.engine.NativeEngine;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A network of a catalog whose data is known: it is measured before and after its cut, and
 * retrained if asked for. Several run at the same time in one Spark context, each in a thread of
 * its own: whatever names workers, shards or figures is the model's own.
 */
public final class CatalogMember {
  /** The figure of a version's provenance that holds the test error before its cut. */
  public static final String ERROR_BEFORE = VersionFigures.SOURCE_TEST_ERROR;

  /** The figure that holds its own test error. */
  public static final String ERROR_AFTER = VersionFigures.TEST_ERROR;

  private final JobOptions options;
  private final JobEnvironment environment;
  private final JavaSparkContext spark;
  private final SourceNetwork source;
  private final DataSplits data;
  private final EngineSelection engine;

  private CatalogMember(
      JobOptions options,
      JobEnvironment environment,
      JavaSparkContext spark,
      SourceNetwork source,
      DataSplits data) {
    this.options = options;
    this.environment = environment;
    this.spark = spark;
    this.source = source;
    this.data = data;
    this.engine = EngineSelection.forRetraining(options, source.definition());
  }

  /**
   * A network as it was found.
   *
   * @param definition what it is
   * @param parameters its values; they are not changed
   * @param weightsBeforePruning of each layer
   * @param version the stored version that it is; empty for one from a file
   */
  public record Found(
      NetworkDefinition definition,
      NetworkParameters parameters,
      Map<String, Long> weightsBeforePruning,
      Optional<ModelVersion> version) {}

  /**
   * Reads and checks its data.
   *
   * @param options of its job, in which the prune section has a target for each layer
   * @param around the catalog's job
   * @throws io.secateur.error.DataException when the data is missing, wrong or does not fit
   */
  public static CatalogMember open(
      JobOptions options, JobEnvironment around, JavaSparkContext spark, Found found) {
    SourceNetwork source =
        new SourceNetwork(
            found.definition(),
            found.parameters(),
            found.version().isPresent()
                ? found.parameters().mask()
                : Mask.full(found.parameters().weights().length),
            new Origin(
                found.weightsBeforePruning(),
                found.parameters().layout().parameterCount(),
                Map.of()),
            found.version().orElse(null),
            true);
    DataSplits data =
        DataSplits.open(
            SparkRuntime.hadoopConfiguration(),
            DataFilesOf.options(options.data()),
            DataFilesOf.split(options.data()),
            found.definition().topology().output().outputShape().elements());
    data.requireInput(found.definition().topology().inputShape());
    JobEnvironment own =
        new JobEnvironment(
            around.jobId(),
            around.master(),
            around.store(),
            new QuietListener(around.listener()),
            JobResult.builder("compress", around.jobId()),
            around.gate(),
            JobHistory.first(0));
    return new CatalogMember(options, own, spark, source, data);
  }

  /** The id of the engine that evaluates such a network, as manifests record it. */
  public static String engineOf(NetworkDefinition network) {
    boolean ours =
        Coverage.missing(network.topology()).or(() -> BeyondTopology.of(network)).isEmpty();
    return ours ? NativeEngine.ID : Dl4jEngine.ID;
  }

  /**
   * Cuts it once, without retraining, and publishes it.
   *
   * @param budget percentage points that the validation error may rise
   * @throws JobFailedException when it rises more; nothing is published then
   */
  public ModelVersion cut(Optional<BigDecimal> budget, VersionMarks marks) {
    NetworkParameters parameters = source.parameters().copy();
    Pruner pruner =
        Pruner.begin(
            options.requirePrune(), parameters, source.mask(), source.weightsBeforePruning());
    PruneOutcome outcome = pruner.prune(parameters, source.mask(), Fraction.ONE);
    outcome.mask().zeroAbsent(parameters.weights());
    return publish(
        new PrunedNetwork(
            parameters,
            outcome.layers(),
            pruner.sigmas(),
            WeightHistogram.byLayer(parameters, outcome.mask())),
        budget,
        marks);
  }

  /** Cuts and retrains it by the schedule, and publishes it; else like {@link #cut}. */
  public ModelVersion retrain(Optional<BigDecimal> budget, VersionMarks marks) {
    String name = environment.jobId() + " " + options.publishAs();
    URI shards =
        URI.create(
            environment.store().jobs().shards(environment.jobId()) + "/" + options.publishAs());
    TrainingPlan plan =
        new TrainingPlan(
            name,
            engine.engine(),
            source.definition(),
            options.partitions(),
            options.retrain().batchSize(),
            DataFilesOf.shifts(options.data(), options.seed()),
            options.seed());
    try (DataParallelTrainer trainer =
        Aggregation.of(spark.getConf(), shards).trainer(spark, plan, data.trainingRows())) {
      return publish(
          new PruningPhase(
                  options, environment, data.validation(), trainer, Checkpoints.none(environment))
              .run(source),
          budget,
          marks);
    }
  }

  private ModelVersion publish(
      PrunedNetwork pruned, Optional<BigDecimal> budget, VersionMarks marks) {
    Evaluation before = validation(source.parameters());
    Evaluation after = validation(pruned.parameters());
    budget.ifPresent(points -> requireWithin(points, before, after));
    Publisher publisher =
        new Publisher(options, environment, engine.engine(), engine.engine(), data, marks);
    publisher.measureDense(source);
    return publisher.publishPruned(source, pruned);
  }

  private Evaluation validation(NetworkParameters parameters) {
    return Evaluator.evaluate(engine.engine(), source.definition(), parameters, data.validation());
  }

  private static void requireWithin(BigDecimal points, Evaluation before, Evaluation after) {
    double rise = after.errorPercent() - before.errorPercent();
    if (rise > points.doubleValue()) {
      throw new JobFailedException(
          new Problem(
              String.format(
                  Locale.ROOT,
                  "validation error %.2f %% after %.2f %%: over budget",
                  after.errorPercent(),
                  before.errorPercent()),
              "a rise of at most " + points.toPlainString() + " points",
              "cut less, retrain longer, or raise error-budget-points"));
    }
  }
}
