package io.secateur.train;

import io.secateur.data.MinibatchReader;
import io.secateur.data.PartitionData;
import io.secateur.tensor.Mask;

/** What a worker's trainer is made from; made and used inside one task's JVM. */
public final class WorkerSetup {
  private final TrainingPlan plan;
  private final Mask mask;
  private final PartitionData data;

  public WorkerSetup(TrainingPlan plan, Mask mask, PartitionData data) {
    this.plan = plan;
    this.mask = mask;
    this.data = data;
  }

  public NetworkDefinition network() {
    return plan.network();
  }

  /** The weights that are trained; a round's weights are in its order. */
  public Mask mask() {
    return mask;
  }

  public int batchSize() {
    return plan.batchSize();
  }

  /** The job's seed. */
  public long seed() {
    return plan.seed();
  }

  public int partition() {
    return data.partition();
  }

  /** A reader of the partition's minibatches. */
  public MinibatchReader reader() {
    return plan.readerOf(data);
  }
}
