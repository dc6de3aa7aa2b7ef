package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.Loop;
import io.secateur.data.DataSplits;
import io.secateur.data.ShiftAugmentation;
import io.secateur.network.NetworkParameters;
import io.secateur.report.JobResult.Phase;
import io.secateur.train.Aggregation;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.SparkRuntime;
import io.secateur.train.TrainingPlan;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jRuntime;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** A job's network, data and Spark context, open from its first minute to its last. */
final class JobSession implements AutoCloseable {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final Engine engine = new Dl4jEngine();
  private final SourceNetwork source;
  private final DataSplits data;
  private final Publisher publisher;
  private final JavaSparkContext spark;

  private JobSession(
      JobOptions options, JobEnvironment environment, SourceNetwork source, DataSplits data) {
    this.options = options;
    this.environment = environment;
    this.source = source;
    this.data = data;
    this.publisher = new Publisher(options, environment, engine, data);
    this.spark =
        SparkRuntime.open(
            environment.master(), "secateur " + options.publishAs() + " " + environment.jobId());
  }

  /** Reads and checks all that the job needs before it costs anything. */
  static JobSession open(JobOptions options, JobEnvironment environment) {
    long start = System.nanoTime();
    SourceNetwork source = SourceNetworks.load(options, environment);
    options.resolveAgainst(source.definition().topology());
    DataSplits data =
        DataSplits.open(
            DataFilesOf.options(options.data()),
            DataFilesOf.split(options.data()),
            source.definition().topology().output().outputShape().elements());
    data.requireInput(source.definition().topology().inputShape());
    environment.result().took(Phase.DATA, since(start));
    environment.result().master(environment.master());
    environment
        .result()
        .engine("dl4j", "the only engine of this version: DL4J's layers, our update");
    environment
        .store()
        .jobs()
        .write(environment.jobId(), "job.yaml", options.toYaml().getBytes(StandardCharsets.UTF_8));
    if (!Dl4jRuntime.convolutionHelperActive()) {
      environment
          .listener()
          .warning(
              "DL4J's oneDNN helpers are off, convolutions run several times slower: start through"
                  + " deploy/bin/secateur");
    }
    return new JobSession(options, environment, source, data);
  }

  SourceNetwork source() {
    return source;
  }

  Publisher publisher() {
    return publisher;
  }

  /** Dense training from the weights that the network has. */
  SourceNetwork train(SourceNetwork network) {
    long start = System.nanoTime();
    try (DataParallelTrainer trainer = trainer(network, options.train().batchSize())) {
      NetworkParameters trained =
          new DensePhase(options, environment, data.validation(), trainer).run(network);
      return network.trainedTo(trained);
    } finally {
      environment.result().took(Phase.TRAIN, since(start));
    }
  }

  /** Every cut of the schedule, with its retraining. */
  PrunedNetwork prune(SourceNetwork network) {
    try (DataParallelTrainer trainer = trainer(network, options.retrain().batchSize())) {
      return new PruningPhase(options, environment, data.validation(), trainer).run(network);
    }
  }

  private DataParallelTrainer trainer(SourceNetwork network, int batchSize) {
    int shift = options.data().shiftPixels();
    ShiftAugmentation shifts =
        shift == 0 ? ShiftAugmentation.none() : ShiftAugmentation.upTo(shift, options.seed());
    TrainingPlan plan =
        new TrainingPlan(
            environment.jobId(),
            engine,
            network.definition(),
            options.partitions(),
            batchSize,
            shifts,
            options.seed());
    return options.train().loop() == Loop.SECATEUR
        ? Aggregation.of(spark.getConf(), shards()).trainer(spark, plan, data.trainingRows())
        : new ParameterAveragingTrainer(spark, plan, data.trainingRows());
  }

  /** Where shards of a large network lie while it is trained. */
  private URI shards() {
    return URI.create(environment.store().root() + "/jobs/" + environment.jobId() + "/shards");
  }

  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Override
  public void close() {
    spark.close();
  }
}
