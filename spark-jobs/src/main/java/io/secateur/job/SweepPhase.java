package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.RetrainOptions;
import io.secateur.config.SweepRetraining;
import io.secateur.data.DataSplits;
import io.secateur.data.LabelledImages;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.prune.WeightStatistics;
import io.secateur.report.SweepReport;
import io.secateur.sensitivity.SensitivityCurve;
import io.secateur.sensitivity.SensitivityPoint;
import io.secateur.sensitivity.SensitivitySweep;
import io.secateur.sensitivity.SensitivityTable;
import io.secateur.sensitivity.ShortRetraining;
import io.secateur.train.Engine;
import io.secateur.train.RoundSettings;
import io.secateur.train.SchedulerPool;
import io.secateur.train.TrainingPlan;
import io.secateur.train.engine.NativeEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The sensitivity of a network's layers. Every cell is in the job's folder of the store as soon as
 * it is measured; a job that is resumed measures the others.
 */
final class SweepPhase {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final EngineSelection engine;
  private final DataSplits data;
  private final LabelledImages validation;
  private final JavaSparkContext spark;
  private final Consumer<byte[]> csv;

  /**
   * @param csv is told the CSV after each cell, by another thread
   */
  SweepPhase(
      JobOptions options,
      JobEnvironment environment,
      EngineSelection engine,
      DataSplits data,
      JavaSparkContext spark,
      Consumer<byte[]> csv) {
    this.options = options;
    this.environment = environment;
    this.engine = engine;
    this.data = data;
    this.validation = data.validation();
    this.spark = spark;
    this.csv = csv;
  }

  /** Measures what is not measured yet. */
  List<SensitivityCurve> run(SourceNetwork network) {
    long start = System.nanoTime();
    environment.gate().requireOpen();
    SensitivitySweep sweep =
        new SensitivitySweep(
            requireNative(),
            network.definition(),
            network.parameters(),
            network.mask(),
            network.weightsBeforePruning(),
            validation,
            options.sweep().levels(),
            retraining(network));
    SensitivityTable table = measuredBefore();
    int before = sweep.done(table);
    environment
        .listener()
        .note(
            "sweep of "
                + sweep.cells()
                + " cells on "
                + validation.count()
                + " validation rows"
                + options.sweep().retraining().map(each -> ", " + each.words()).orElse("")
                + (before == 0 ? "" : ", " + before + " of them measured before"));
    String pool = "sweep of " + options.publishAs();
    spark.setJobDescription("sensitivity of the layers of " + options.publishAs());
    List<SensitivityCurve> curves;
    try {
      curves =
          SchedulerPool.run(
              spark, pool, () -> sweep.run(spark, table, done -> keep(sweep.toCsv(done))));
    } finally {
      spark.setJobDescription(null);
    }
    keep(sweep.toCsv(table));
    SensitivityPoint dense = curves.get(0).points().get(0);
    environment
        .result()
        .sweep(
            new SweepReport(
                sweep.cells(),
                before,
                validation.count(),
                dense.errorPercent(),
                options.sweep().retraining().map(SweepRetraining::epochs).orElse(null),
                JobSession.since(start).toMillis() / 1000.0,
                curves.stream().map(SweepPhase::report).toList(),
                null));
    return curves;
  }

  /** As the whole network is retrained, at the rate of the cutting epochs. */
  private Optional<ShortRetraining> retraining(SourceNetwork network) {
    return options
        .sweep()
        .retraining()
        .map(
            each -> {
              RetrainOptions retrain = options.retrain();
              TrainingPlan plan =
                  new TrainingPlan(
                      environment.jobId(),
                      requireNative(),
                      network.definition(),
                      1,
                      retrain.batchSize(),
                      DataFilesOf.shifts(options.data(), options.seed()),
                      options.seed());
              RoundSettings settings =
                  new RoundSettings(
                      1,
                      options.train().epochs(),
                      0,
                      1,
                      options.train().learningRate() * retrain.learningRateFactor(),
                      retrain.momentum(),
                      retrain.l1(),
                      retrain.l2(),
                      retrain.dropout());
              return new ShortRetraining(
                  plan,
                  data.trainingRows().first(each.examples(data.trainingRows().rows())),
                  spark.hadoopConfiguration(),
                  each.epochs(),
                  settings);
            });
  }

  private NativeEngine requireNative() {
    Engine chosen = engine.engine();
    if (chosen instanceof NativeEngine ours) {
      return ours;
    }
    throw new UsageException(
        new Problem(
            "engine " + chosen.id() + " (" + engine.reason() + ")",
            "a network that the native engine runs: a chain of dense layers, convolutions, max pools,"
                + " ReLU and dropout with a softmax at the end",
            "choose another network, or engine: auto"));
  }

  private SensitivityTable measuredBefore() {
    if (!environment.history().isResumed()) {
      return new SensitivityTable();
    }
    return environment
        .store()
        .jobs()
        .read(environment.jobId(), SensitivityTable.FILE)
        .map(SensitivityTable::parse)
        .orElseGet(SensitivityTable::new);
  }

  private void keep(byte[] content) {
    environment.store().jobs().write(environment.jobId(), SensitivityTable.FILE, content);
    csv.accept(content);
  }

  private static SweepReport.Layer report(SensitivityCurve curve) {
    WeightStatistics statistics = curve.statistics();
    return new SweepReport.Layer(
        curve.layer(),
        curve.weights(),
        statistics.sigma(),
        statistics.min(),
        statistics.max(),
        statistics.magnitudeQuantile(0.5),
        curve.points().stream()
            .map(
                point ->
                    new SweepReport.Point(
                        point.sparsity(), point.threshold(), point.errors(), point.errorPercent()))
            .toList());
  }
}
