package io.secateur.report;

import io.secateur.error.Problem;
import io.secateur.store.ModelVersion;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Collects what a job learns while it runs. Safe to read from another thread at any time: Ctrl-C
 * writes what is known by then.
 */
public final class ResultBuilder {
  private final String job;
  private final String jobId;
  private final PhaseTimes times = new PhaseTimes();
  private final List<JobResult.Step> steps = new ArrayList<>();
  private boolean resumed;
  private Long seed;
  private Integer partitions;
  private String master;
  private String store;
  private String model;
  private Integer version;
  private JobResult.Dense dense;
  private JobResult.Pruned pruned;
  private JobResult.Compression compression;
  private JobResult.Bytes bytes;
  private EnergyReport energy;
  private List<LayerReport> layers = List.of();
  private String engine;
  private String engineReason;
  private JobResult.Hashes hashes;
  private SweepReport sweep;
  private TradeoffReport tradeoff;
  private List<PreflightReport> preflight = List.of();
  private CatalogReport catalog;

  ResultBuilder(String job, String jobId) {
    this.job = job;
    this.jobId = jobId;
  }

  /** The resolved seed. */
  public synchronized ResultBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** The resolved number of partitions. */
  public synchronized ResultBuilder partitions(int value) {
    partitions = value;
    return this;
  }

  /** Spark's master. */
  public synchronized ResultBuilder master(String value) {
    master = value;
    return this;
  }

  /** The store's root. */
  public synchronized ResultBuilder store(URI root) {
    store = root.toString();
    return this;
  }

  /** The model's name, before a version of it exists. */
  public synchronized ResultBuilder model(String name) {
    model = name;
    return this;
  }

  /** The version that was published or evaluated. */
  public synchronized ResultBuilder version(ModelVersion value) {
    model = value.model();
    version = value.number();
    return this;
  }

  /** The network before pruning; the error may be null when the test rows were not read. */
  public synchronized ResultBuilder dense(Double testErrorPercent, long parameters) {
    dense = new JobResult.Dense(FiniteFigure.orNull(testErrorPercent), parameters);
    return this;
  }

  /** The network after pruning. */
  public synchronized ResultBuilder pruned(JobResult.Pruned value) {
    FiniteFigure.require(value.testErrorPercent());
    pruned = value;
    return this;
  }

  /** How many times smaller it became. */
  public synchronized ResultBuilder compression(double weightsRate, double bytesRate) {
    compression =
        new JobResult.Compression(
            FiniteFigure.require(weightsRate), FiniteFigure.require(bytesRate));
    return this;
  }

  /** Where the stored bytes go. */
  public synchronized ResultBuilder bytes(JobResult.Bytes value) {
    bytes = value;
    return this;
  }

  /** What an inference takes; null when it is not known. */
  public synchronized ResultBuilder energy(EnergyReport value) {
    energy = value;
    return this;
  }

  /** The layers' rows, in canonical order; replaces earlier ones. */
  public synchronized ResultBuilder layers(List<LayerReport> rows) {
    layers = List.copyOf(rows);
    return this;
  }

  /** The engine and why it was chosen (nullable). */
  public synchronized ResultBuilder engine(String name, String reason) {
    engine = name;
    engineReason = reason;
    return this;
  }

  /** Adds a cut. */
  public synchronized ResultBuilder step(JobResult.Step step) {
    steps.add(step);
    return this;
  }

  /** Adds to the time of a phase. */
  public synchronized ResultBuilder took(Phase phase, Duration time) {
    times.add(phase, time);
    return this;
  }

  /** An earlier run of this job is continued. */
  public synchronized ResultBuilder resumed() {
    resumed = true;
    return this;
  }

  /** Adds what earlier runs of this job have done. */
  public synchronized ResultBuilder addEarlier(List<JobResult.Step> cuts, JobResult.Timings spent) {
    steps.addAll(0, cuts);
    times.addEarlier(spent);
    return this;
  }

  /** The cuts so far. */
  public synchronized List<JobResult.Step> steps() {
    return List.copyOf(steps);
  }

  /** The time of a phase so far, over all runs of the job. */
  public synchronized Duration spent(Phase phase) {
    return times.of(phase);
  }

  /** The seconds so far, over all runs of the job. */
  public synchronized JobResult.Timings timings() {
    return times.timings();
  }

  /** The published network's hashes, "sha256:…". */
  public synchronized ResultBuilder hashes(String masks, String parameters) {
    hashes = new JobResult.Hashes(masks, parameters);
    return this;
  }

  /** The sensitivity of the layers. */
  public synchronized ResultBuilder sweep(SweepReport value) {
    sweep = value;
    return this;
  }

  /** Curves of error against weights. */
  public synchronized ResultBuilder tradeoff(TradeoffReport value) {
    tradeoff = value;
    return this;
  }

  /** What was planned from the sensitivity. */
  public synchronized ResultBuilder plan(SweepReport.Plan plan) {
    return sweep(sweep.with(plan));
  }

  /** What a look at driver, executors and store found. */
  public synchronized ResultBuilder preflight(List<PreflightReport> findings) {
    preflight = List.copyOf(findings);
    return this;
  }

  /** What became of a catalog's models so far. */
  public synchronized ResultBuilder catalog(CatalogReport value) {
    catalog = value;
    return this;
  }

  /** The result of a job that did all it was asked. */
  public JobResult succeeded() {
    return build(JobResult.Status.SUCCEEDED, 0, null);
  }

  /** The result of a job that failed, with what was known by then. */
  public JobResult failed(int exitCode, Problem problem) {
    return build(JobResult.Status.FAILED, exitCode, Objects.requireNonNull(problem));
  }

  private synchronized JobResult build(JobResult.Status status, int exitCode, Problem problem) {
    return new JobResult(
        JobResult.SCHEMA,
        job,
        jobId,
        status,
        exitCode,
        problem,
        seed,
        partitions,
        master,
        store,
        model,
        version,
        dense,
        pruned,
        compression,
        bytes,
        energy,
        layers,
        engine,
        engineReason,
        resumed,
        steps,
        times.timings(),
        hashes,
        sweep,
        tradeoff,
        preflight,
        catalog);
  }
}
