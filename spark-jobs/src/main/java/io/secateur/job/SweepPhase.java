package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.data.LabelledImages;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.prune.WeightStatistics;
import io.secateur.report.SweepReport;
import io.secateur.sensitivity.SensitivityCurve;
import io.secateur.sensitivity.SensitivityPoint;
import io.secateur.sensitivity.SensitivitySweep;
import io.secateur.sensitivity.SensitivityTable;
import io.secateur.train.Engine;
import io.secateur.train.engine.NativeEngine;
import java.util.List;
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
      LabelledImages validation,
      JavaSparkContext spark,
      Consumer<byte[]> csv) {
    this.options = options;
    this.environment = environment;
    this.engine = engine;
    this.validation = validation;
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
            options.sweep());
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
                + (before == 0 ? "" : ", " + before + " of them measured before"));
    spark.setLocalProperty("spark.scheduler.pool", options.publishAs());
    spark.setJobDescription("sensitivity of the layers of " + options.publishAs());
    List<SensitivityCurve> curves;
    try {
      curves = sweep.run(spark, table, done -> keep(sweep.toCsv(done)));
    } finally {
      spark.setJobDescription(null);
      spark.setLocalProperty("spark.scheduler.pool", null);
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
                JobSession.since(start).toMillis() / 1000.0,
                curves.stream().map(SweepPhase::report).toList(),
                null));
    return curves;
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
