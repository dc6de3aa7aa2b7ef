package io.secateur.train;

import io.secateur.data.PartitionData;
import io.secateur.data.TrainingRows;
import io.secateur.tensor.Mask;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Where our own loop trains, however it averages: the workers' cached partitions, the plan and the
 * mask as they were sent, and the name under which workers keep their networks.
 */
final class TrainingSite implements AutoCloseable {
  private final JavaSparkContext spark;
  private final TrainingPlan plan;
  private final CachedPartitions partitions;
  private final CachedPartitions own;
  private final Broadcast<TrainingPlan> sentPlan;
  private final UUID id = UUID.randomUUID();
  private Mask mask;
  private int maskId;
  private Broadcast<Mask> sentMask;

  /** A site with partitions of its own. */
  TrainingSite(JavaSparkContext spark, TrainingPlan plan, TrainingRows rows) {
    this(spark, plan, null, CachedPartitions.of(spark, rows, plan.partitions()));
  }

  /** A site that reads partitions which others read as well; it does not close them. */
  TrainingSite(JavaSparkContext spark, TrainingPlan plan, CachedPartitions shared) {
    this(spark, plan, shared, null);
  }

  private TrainingSite(
      JavaSparkContext spark, TrainingPlan plan, CachedPartitions shared, CachedPartitions own) {
    this.spark = spark;
    this.plan = plan;
    this.own = own;
    this.partitions = own == null ? shared : own;
    this.sentPlan = spark.broadcast(plan);
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Unique among all trainers that ever ran. */
  UUID id() {
    return id;
  }

  TrainingPlan plan() {
    return plan;
  }

  Broadcast<TrainingPlan> sentPlan() {
    return sentPlan;
  }

  JavaRDD<PartitionData> partitions() {
    return partitions.rdd();
  }

  /**
   * Runs a task for each partition as one Spark job. It goes straight to {@code runJob}: {@code
   * map(...).collect()} makes Spark's closure cleaner read the bytecode of its RDD class each time,
   * which takes as long as the rest of a small job. An object of a named class has nothing to be
   * cleaned.
   *
   * @return the results in partition order
   */
  <R> List<R> run(PartitionTask<R> task, Class<R> resultType) {
    ClassTag<R> tag = ClassTag$.MODULE$.apply(resultType);
    Object results =
        SparkFailures.translating(() -> spark.sc().runJob(partitions.rdd().rdd(), task, tag));
    return Arrays.stream((Object[]) results).map(resultType::cast).toList();
  }

  /** Hadoop's configuration, for tasks. */
  Broadcast<SerializableConfiguration> configuration() {
    return partitions.configuration();
  }

  int minibatchesPerEpoch() {
    return partitions.minibatchesPerEpoch(plan.batchSize());
  }

  /** The mask of the rounds that follow. It travels once, however many rounds it is for. */
  void use(Mask next) {
    if (!next.equals(mask)) {
      destroyMask();
      mask = next;
      maskId++;
      sentMask = spark.broadcast(next);
    }
  }

  /** The mask in use. */
  Mask mask() {
    return mask;
  }

  Broadcast<Mask> sentMask() {
    return sentMask;
  }

  /** The input of a round with the mask in use. */
  RoundInput input(RoundSettings settings, float[] weights, float[] others, float[] velocity) {
    return RoundInput.wrapping(settings, maskId, weights, others, velocity);
  }

  /** What a task needs to run a worker's part of a round with the mask in use. */
  WorkerRound worker(RoundSettings settings) {
    return new WorkerRound(id, sentPlan, sentMask, settings.minibatches());
  }

  private void destroyMask() {
    if (sentMask != null) {
      sentMask.destroy();
      sentMask = null;
    }
  }

  @Override
  public void close() {
    // executors and their networks end with the application; this JVM may go on
    Workers.discard(plan.jobId());
    if (own != null) {
      own.close();
    }
    if (spark.sc().isStopped()) {
      return;
    }
    destroyMask();
    sentPlan.destroy();
  }

  /** One worker's part of a round: a pure function of its rows and its input. */
  static final class WorkerRound implements Serializable {
    private static final long serialVersionUID = 1L;

    private final UUID owner;
    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<Mask> mask;
    private final int minibatches;

    private WorkerRound(
        UUID owner, Broadcast<TrainingPlan> plan, Broadcast<Mask> mask, int minibatches) {
      this.owner = owner;
      this.plan = plan;
      this.mask = mask;
      this.minibatches = minibatches;
    }

    RoundResult run(PartitionData data, RoundInput input) {
      TrainingPlan sent = plan.value();
      return SparkFailures.inTask(
          () ->
              Workers.round(
                  sent,
                  owner,
                  data,
                  input,
                  minibatches,
                  () -> sent.engine().trainer(new WorkerSetup(sent, mask.value(), data))));
    }
  }
}
