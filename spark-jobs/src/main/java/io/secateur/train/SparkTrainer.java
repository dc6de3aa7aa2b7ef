package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.data.PartitionData;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Our own loop: a round is one Spark job of a task for each partition. The round's input goes out
 * as a broadcast, results come back to the driver and are averaged there in partition order. A
 * worker is a partition, whatever thread or JVM runs it, so the result does not depend on the
 * cluster.
 */
public final class SparkTrainer implements DataParallelTrainer {
  private final JavaSparkContext spark;
  private final TrainingPlan plan;
  private final CachedPartitions partitions;
  private final Broadcast<TrainingPlan> sentPlan;
  private final StateOnDriver state;
  private final UUID id = UUID.randomUUID();
  private Mask mask;
  private int maskId;
  private Broadcast<Mask> sentMask;

  public SparkTrainer(JavaSparkContext spark, TrainingPlan plan, TrainingRows rows) {
    this.spark = spark;
    this.plan = plan;
    this.state = new StateOnDriver(plan);
    this.partitions = CachedPartitions.of(spark, rows, plan.partitions());
    this.sentPlan = spark.broadcast(plan);
  }

  @Override
  public void begin(TrainingState handedOver, Mask itsMask) {
    state.begin(handedOver);
    send(itsMask);
  }

  @Override
  public TrainingState state() {
    return state.get();
  }

  @Override
  public Evaluation evaluate(LabelledImages rows) {
    return state.evaluate(rows);
  }

  @Override
  public void keep() {
    state.keep();
  }

  @Override
  public Optional<NetworkParameters> kept() {
    return state.kept();
  }

  @Override
  public RoundOutcome round(RoundSettings settings) {
    TrainingState trained = state.get();
    Broadcast<RoundInput> input = spark.broadcast(inputOf(trained, settings));
    List<RoundResult> results;
    try {
      results =
          SparkFailures.translating(
              () ->
                  partitions
                      .rdd()
                      .map(new RoundTask(id, sentPlan, sentMask, input, settings.minibatches()))
                      .collect());
    } finally {
      input.destroy();
    }
    RoundOutcome outcome = RoundAverage.into(trained, mask, results);
    RoundChecks.requireFiniteLoss(outcome, settings);
    trained.requireZerosOutside(mask);
    return outcome;
  }

  private RoundInput inputOf(TrainingState from, RoundSettings settings) {
    int survivors = mask.cardinality();
    float[] others = from.parameters().others().clone();
    float[] velocity = new float[survivors + others.length];
    System.arraycopy(mask.gather(from.weightVelocity()), 0, velocity, 0, survivors);
    System.arraycopy(from.otherVelocity(), 0, velocity, survivors, others.length);
    float[] weights = mask.gather(from.parameters().weights());
    return RoundInput.wrapping(settings, maskId, weights, others, velocity);
  }

  /** A mask travels once, however many rounds it is for. */
  private void send(Mask next) {
    if (!next.equals(mask)) {
      destroyMask();
      mask = next;
      maskId++;
      sentMask = spark.broadcast(next);
    }
  }

  private void destroyMask() {
    if (sentMask != null) {
      sentMask.destroy();
      sentMask = null;
    }
  }

  @Override
  public int minibatchesPerEpoch() {
    return partitions.minibatchesPerEpoch(plan.batchSize());
  }

  @Override
  public void close() {
    // executors and their networks end with the application; this JVM may go on
    Workers.discard(plan.jobId());
    if (spark.sc().isStopped()) {
      return;
    }
    partitions.close();
    destroyMask();
    sentPlan.destroy();
  }

  /** One worker's part of a round: a pure function of what it is given. */
  private static final class RoundTask implements Function<PartitionData, RoundResult> {
    private static final long serialVersionUID = 1L;

    private final UUID owner;
    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<Mask> mask;
    private final Broadcast<RoundInput> input;
    private final int minibatches;

    RoundTask(
        UUID owner,
        Broadcast<TrainingPlan> plan,
        Broadcast<Mask> mask,
        Broadcast<RoundInput> input,
        int minibatches) {
      this.owner = owner;
      this.plan = plan;
      this.mask = mask;
      this.input = input;
      this.minibatches = minibatches;
    }

    @Override
    public RoundResult call(PartitionData data) {
      TrainingPlan sent = plan.value();
      return Workers.round(
          sent,
          owner,
          data.partition(),
          input.value(),
          minibatches,
          () -> sent.engine().trainer(new WorkerSetup(sent, mask.value(), data)));
    }
  }
}
