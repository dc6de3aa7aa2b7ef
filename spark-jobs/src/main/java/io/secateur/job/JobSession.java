package io.secateur.job;

import io.secateur.checkpoint.Checkpoint;
import io.secateur.checkpoint.CutProgress;
import io.secateur.checkpoint.JobPhase;
import io.secateur.config.EngineChoice;
import io.secateur.config.JobOptions;
import io.secateur.config.Loop;
import io.secateur.config.RecordedJob;
import io.secateur.data.DataSplits;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.AutoPlan;
import io.secateur.report.Phase;
import io.secateur.sensitivity.SensitivityCurve;
import io.secateur.train.Aggregation;
import io.secateur.train.CachedPartitions;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.SparkRuntime;
import io.secateur.train.TrainingMetrics;
import io.secateur.train.TrainingPlan;
import io.secateur.train.dl4j.Dl4jRuntime;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** A job's network, data and Spark context, open from its first minute to its last. */
final class JobSession implements AutoCloseable {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final EngineSelection training;
  private final EngineSelection retraining;
  private final SourceNetwork source;
  private final DataSplits data;
  private final Publisher publisher;
  private final Checkpoints checkpoints;
  private final JavaSparkContext spark;
  private final TrainingMetrics metrics;

  private JobSession(
      JobOptions options,
      JobEnvironment environment,
      EngineSelection training,
      EngineSelection retraining,
      SourceNetwork source,
      DataSplits data,
      Checkpoints checkpoints) {
    this.options = options;
    this.environment = environment;
    this.training = training;
    this.retraining = retraining;
    this.source = source;
    this.data = data;
    this.checkpoints = checkpoints;
    this.publisher =
        new Publisher(options, environment, training.engine(), retraining.engine(), data);
    this.spark =
        SparkRuntime.open(
            environment.master(), "secateur " + options.publishAs() + " " + environment.jobId());
    SparkRuntime.logAs(spark, environment.jobId(), options.publishAs());
    this.metrics = TrainingMetrics.register();
  }

  /**
   * Reads and checks all that the job needs before it costs anything.
   *
   * @param job what is done: "train", "prune"
   * @throws io.secateur.error.UsageException when the job is resumed and is not the one that began,
   *     naming the key that differs
   * @throws io.secateur.store.IntegrityException when its checkpoint is damaged
   */
  static JobSession open(String job, JobOptions asked, JobEnvironment environment) {
    long start = System.nanoTime();
    Optional<RecordedJob> recorded = recorded(environment);
    SourceNetwork source =
        SourceNetworks.load(asked, recorded.flatMap(RunRecord::source), environment);
    asked.resolveAgainst(source.definition().topology());
    EngineSelection training = EngineSelection.forTraining(asked, source.definition());
    EngineSelection retraining = EngineSelection.forRetraining(asked, source.definition());
    training.requireChoiceFor(asked, retraining);
    JobOptions options =
        asked.resolvedTo(training.choice(), retraining.choice(), training.laneBitsOr(retraining));
    DataSplits data =
        DataSplits.open(
            SparkRuntime.hadoopConfiguration(),
            DataFilesOf.options(options.data()),
            DataFilesOf.split(options.data()),
            source.definition().topology().output().outputShape().elements());
    data.requireInput(source.definition().topology().inputShape());
    environment.result().took(Phase.DATA, since(start));
    environment.result().master(environment.master());
    EngineSelection last = options.prune() == null ? training : retraining;
    environment.result().engine(last.engine().id(), last.reason());
    RecordedJob now = RunRecord.of(job, options, environment.jobId(), last.engine(), source, data);
    recorded.ifPresent(earlier -> earlier.requireSame(now));
    environment.store().jobs().write(environment.jobId(), RecordedJob.NAME, now.toYaml());
    Checkpoints checkpoints = Checkpoints.open(environment, source.parameters().layout());
    environment.listener().jobStarted();
    checkpoints.describe().ifPresent(environment.listener()::note);
    environment.listener().note("engine " + last.engine().id() + ": " + last.reason());
    boolean dl4j =
        training.choice() == EngineChoice.DL4J || retraining.choice() == EngineChoice.DL4J;
    if (dl4j && !Dl4jRuntime.convolutionHelperActive()) {
      environment
          .listener()
          .warning(
              "DL4J's oneDNN helpers are off, convolutions run several times slower: start through"
                  + " deploy/bin/secateur");
    }
    return new JobSession(options, environment, training, retraining, source, data, checkpoints);
  }

  /** What the job's first run has recorded, unless it died before. */
  private static Optional<RecordedJob> recorded(JobEnvironment environment) {
    if (!environment.history().isResumed()) {
      return Optional.empty();
    }
    return environment
        .store()
        .jobs()
        .read(environment.jobId(), RecordedJob.NAME)
        .map(yaml -> RecordedJob.parse(RecordedJob.NAME + " of job " + environment.jobId(), yaml));
  }

  SourceNetwork source() {
    return source;
  }

  Publisher publisher() {
    return publisher;
  }

  /**
   * The network to prune or to look at: the source, or, when this job trains it, published by this
   * run or an earlier one.
   */
  SourceNetwork dense() {
    if (!source.needsTraining()) {
      return source;
    }
    return publisher
        .publishedDense(source)
        .orElseGet(
            () -> {
              SourceNetwork trained = train(source);
              return trained.publishedAs(publisher.publishDense(trained));
            });
  }

  /**
   * The sensitivity of its layers.
   *
   * @param csv is told sensitivity.csv after each cell
   */
  List<SensitivityCurve> sweep(SourceNetwork network, Consumer<byte[]> csv) {
    return sweep(network, training, csv);
  }

  private List<SensitivityCurve> sweep(
      SourceNetwork network, EngineSelection engine, Consumer<byte[]> csv) {
    return new SweepPhase(options, environment, engine, data, spark, csv).run(network);
  }

  /**
   * The curves of error against weights, from the source trained under each penalty.
   *
   * @param csv is told tradeoff.csv after each point
   */
  void tradeoff(Consumer<byte[]> csv) {
    try (CachedPartitions shared =
        CachedPartitions.of(spark, data.trainingRows(), options.partitions())) {
      Aggregation aggregation = Aggregation.of(spark.getConf(), shards());
      TradeoffWorkshop workshop =
          new TradeoffWorkshop(
              options,
              environment,
              source,
              training.engine(),
              retraining.engine(),
              data.validation(),
              spark,
              (name, engine, batchSize) ->
                  observed(
                      aggregation.trainer(spark, plan(name, source, engine, batchSize), shared),
                      new SparkJobNames(
                          options.publishAs() + " " + name, options.train().epochs(), 1)));
      environment.result().tradeoff(new TradeoffPhase(options, environment, workshop, csv).run());
    }
  }

  /** Dense training from the weights that the network has, as far as it is not done. */
  SourceNetwork train(SourceNetwork network) {
    return network.trainedTo(
        checkpoints
            .found(JobPhase.TRAINED)
            .map(done -> done.state().parameters())
            .orElseGet(() -> trained(network)));
  }

  private NetworkParameters trained(SourceNetwork network) {
    PhaseLap lap = new PhaseLap(environment.result());
    try (DataParallelTrainer trainer =
        trainer(network, training.engine(), options.train().batchSize())) {
      return new DensePhase(options, environment, data.validation(), trainer, checkpoints)
          .run(network, lap);
    }
  }

  /** Every cut of the schedule, with its retraining, as far as they are not done. */
  PrunedNetwork prune(SourceNetwork network) {
    if (options.requirePrune().criterion() instanceof AutoPlan auto) {
      List<SensitivityCurve> curves = sweep(network, retraining, csv -> {});
      PlanPhase.Planned planned =
          new PlanPhase(
                  options, environment, retraining.engine(), data.validation(), network, curves)
              .make(auto.target());
      return prune(network, options.pruningBy(planned.criterion())).by(planned.figures());
    }
    return prune(network, options);
  }

  private PrunedNetwork prune(SourceNetwork network, JobOptions resolved) {
    return checkpoints
        .found(JobPhase.PRUNED)
        .map(JobSession::pruned)
        .orElseGet(() -> cutAndRetrained(network, resolved));
  }

  private static PrunedNetwork pruned(Checkpoint done) {
    CutProgress cuts = done.cuts().orElseThrow();
    return new PrunedNetwork(
        done.state().parameters(), cuts.outcomes(), cuts.sigmas(), cuts.histograms());
  }

  private PrunedNetwork cutAndRetrained(SourceNetwork network, JobOptions resolved) {
    try (DataParallelTrainer trainer =
        trainer(network, retraining.engine(), options.retrain().batchSize())) {
      return new PruningPhase(resolved, environment, data.validation(), trainer, checkpoints)
          .run(network);
    }
  }

  private DataParallelTrainer trainer(SourceNetwork network, Engine engine, int batchSize) {
    TrainingPlan plan = plan("", network, engine, batchSize);
    DataParallelTrainer trainer =
        options.train().loop() == Loop.SECATEUR
            ? Aggregation.of(spark.getConf(), shards()).trainer(spark, plan, data.trainingRows())
            : new ParameterAveragingTrainer(spark, plan, data.trainingRows());
    int steps = options.prune() == null ? 0 : cuts(trainer.minibatchesPerEpoch());
    return observed(
        trainer, new SparkJobNames(options.publishAs(), options.train().epochs(), steps));
  }

  /**
   * @param name tells the workers of one trainer from those of others that run at the same time
   */
  private TrainingPlan plan(String name, SourceNetwork network, Engine engine, int batchSize) {
    return new TrainingPlan(
        environment.jobId() + name,
        engine,
        network.definition(),
        options.partitions(),
        batchSize,
        DataFilesOf.shifts(options.data(), options.seed()),
        options.seed());
  }

  private DataParallelTrainer observed(DataParallelTrainer trainer, SparkJobNames names) {
    return new ObservedTrainer(
        trainer, spark, environment.jobId(), names, metrics, options.partitions());
  }

  private int cuts(int minibatchesPerEpoch) {
    return options
        .prune()
        .schedule()
        .plan(minibatchesPerEpoch, options.roundMinibatches())
        .cuts()
        .size();
  }

  /** Where shards of a large network lie while it is trained. */
  private URI shards() {
    return environment.store().jobs().shards(environment.jobId());
  }

  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Override
  public void close() {
    spark.close();
  }
}
