package io.secateur.job;

import io.secateur.checkpoint.Checkpoint;
import io.secateur.checkpoint.JobPhase;
import io.secateur.checkpoint.Position;
import io.secateur.config.JobOptions;
import io.secateur.config.TradeoffVariant.Penalty;
import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.report.JobResult;
import io.secateur.report.QuietListener;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.Evaluator;
import io.secateur.train.SchedulerPool;
import io.secateur.train.TrainingState;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** What the variants of a tradeoff share. Safe for use by several threads. */
final class TradeoffWorkshop {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final SourceNetwork source;
  private final Engine training;
  private final Engine retraining;
  private final LabelledImages validation;
  private final JavaSparkContext spark;
  private final Trainers trainers;

  /** Opens trainers that run at the same time. */
  interface Trainers {
    DataParallelTrainer open(String name, Engine engine, int batchSize);
  }

  /**
   * @param source what dense training begins with
   * @param training the engine of dense networks
   * @param retraining the engine of cut ones
   */
  TradeoffWorkshop(
      JobOptions options,
      JobEnvironment environment,
      SourceNetwork source,
      Engine training,
      Engine retraining,
      LabelledImages validation,
      JavaSparkContext spark,
      Trainers trainers) {
    this.options = options;
    this.environment = environment;
    this.source = source;
    this.training = training;
    this.retraining = retraining;
    this.validation = validation;
    this.spark = spark;
    this.trainers = trainers;
  }

  /** Validation rows. */
  int examples() {
    return validation.count();
  }

  /** Prunable weights before any pruning. */
  long weights() {
    return source.weightsBeforePruning().values().stream().mapToLong(n -> n).sum();
  }

  /** Runs work in a pool of its own. */
  <T> T inPool(String name, Supplier<T> work) {
    return SchedulerPool.run(spark, options.publishAs() + " " + name, work);
  }

  /** A trainer for cut networks. */
  DataParallelTrainer trainer(String name) {
    return trainers.open(name, retraining, options.retrain().batchSize());
  }

  /** Counts validation errors. */
  long errors(NetworkParameters parameters) {
    return Evaluator.evaluate(retraining, source.definition(), parameters, validation).errors();
  }

  /**
   * The source, trained under a penalty by this run or an earlier one: it is kept in the job's
   * folder.
   */
  SourceNetwork dense(Penalty penalty) {
    String name = "dense-" + penalty.wireName();
    String file = name + ".checkpoint";
    Optional<byte[]> kept =
        environment.history().isResumed()
            ? environment.store().jobs().read(environment.jobId(), file)
            : Optional.empty();
    return source.trainedTo(
        kept.map(bytes -> Checkpoint.parse(bytes, source.parameters().layout(), file))
            .orElseGet(() -> trained(penalty, name, file))
            .state()
            .parameters());
  }

  private Checkpoint trained(Penalty penalty, String name, String file) {
    JobEnvironment muted = muted();
    Checkpoints checkpoints = Checkpoints.none(muted);
    try (DataParallelTrainer trainer = trainers.open(name, training, options.train().batchSize())) {
      NetworkParameters parameters =
          new DensePhase(options.penalised(penalty), muted, validation, trainer, checkpoints)
              .run(source, new PhaseLap(muted.result()));
      Checkpoint dense =
          checkpoints.of(
              Position.beforeEpoch(JobPhase.TRAINED, options.train().epochs()),
              TrainingState.startingFrom(parameters),
              source.mask(),
              Optional.empty(),
              Optional.empty());
      environment.store().jobs().write(environment.jobId(), file, dense.toBytes());
      return dense;
    }
  }

  /** A network, cut and retrained. */
  NetworkParameters retrained(JobOptions own, SourceNetwork from, DataParallelTrainer trainer) {
    JobEnvironment muted = muted();
    return new PruningPhase(own, muted, validation, trainer, Checkpoints.none(muted))
        .run(from)
        .parameters();
  }

  /** Surroundings of a part of the job: its epochs and cuts are not those of the job. */
  private JobEnvironment muted() {
    return new JobEnvironment(
        environment.jobId(),
        environment.master(),
        environment.store(),
        new QuietListener(environment.listener()),
        JobResult.builder("tradeoff", environment.jobId()),
        environment.gate(),
        environment.history());
  }
}
