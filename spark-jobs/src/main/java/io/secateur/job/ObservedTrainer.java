package io.secateur.job;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingMetrics;
import io.secateur.train.TrainingState;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A trainer that can be watched: its Spark jobs are of the group of the job's id and say what they
 * are for, its rounds are timed, and Spark's metrics follow it. Nothing that it trains changes.
 */
final class ObservedTrainer implements DataParallelTrainer {
  private final DataParallelTrainer trainer;
  private final JavaSparkContext spark;
  private final String jobId;
  private final SparkJobNames names;
  private final TrainingMetrics metrics;
  private final int partitions;
  private final int cores;
  private long payloadBytes;

  ObservedTrainer(
      DataParallelTrainer trainer,
      JavaSparkContext spark,
      String jobId,
      SparkJobNames names,
      TrainingMetrics metrics,
      int partitions) {
    this.trainer = trainer;
    this.spark = spark;
    this.jobId = jobId;
    this.names = names;
    this.metrics = metrics;
    this.partitions = partitions;
    this.cores = Math.max(1, Math.min(partitions, spark.defaultParallelism()));
  }

  @Override
  public void begin(TrainingState state, Mask mask) {
    long floats = 2L * (mask.cardinality() + state.otherVelocity().length);
    payloadBytes = (long) partitions * Float.BYTES * floats;
    described(
        names.of("hand the network to the workers"),
        () -> {
          trainer.begin(state, mask);
          return null;
        });
  }

  @Override
  public RoundOutcome round(RoundSettings settings) {
    int minibatches = settings.minibatches();
    int rounds = (trainer.minibatchesPerEpoch() + minibatches - 1) / minibatches;
    long start = System.nanoTime();
    RoundOutcome outcome = described(names.round(settings, rounds), () -> trainer.round(settings));
    RoundOutcome timed = outcome.in(System.nanoTime() - start, cores);
    metrics.round(settings.epoch(), timed.time(), payloadBytes);
    return timed;
  }

  @Override
  public TrainingState state() {
    return described(names.of("bring the network to the driver"), trainer::state);
  }

  @Override
  public Evaluation evaluate(LabelledImages rows) {
    Evaluation evaluation = described(names.of("validation"), () -> trainer.evaluate(rows));
    metrics.validated(evaluation);
    return evaluation;
  }

  @Override
  public void keep() {
    described(
        names.of("remember the best epoch"),
        () -> {
          trainer.keep();
          return null;
        });
  }

  @Override
  public Optional<NetworkParameters> kept() {
    return described(names.of("bring the best epoch to the driver"), trainer::kept);
  }

  private <T> T described(String description, Supplier<T> work) {
    spark.setJobGroup(jobId, description);
    try {
      return work.get();
    } finally {
      spark.clearJobGroup();
    }
  }

  @Override
  public int minibatchesPerEpoch() {
    return trainer.minibatchesPerEpoch();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
