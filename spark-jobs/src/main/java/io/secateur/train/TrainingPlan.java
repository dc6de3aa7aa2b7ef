package io.secateur.train;

import static java.util.Objects.requireNonNull;

import io.secateur.data.MinibatchReader;
import io.secateur.data.PartitionData;
import io.secateur.data.ShiftAugmentation;
import java.io.Serializable;

/** What stays the same in all rounds of a job, as the workers get it. */
public final class TrainingPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String jobId;
  private final Engine engine;
  private final NetworkDefinition network;
  private final int partitions;
  private final int batchSize;
  private final ShiftAugmentation shifts;
  private final long seed;

  /**
   * @param partitions the number of workers: it is part of the result
   * @param batchSize rows in a worker's minibatch
   * @throws IllegalArgumentException when either is below 1
   */
  public TrainingPlan(
      String jobId,
      Engine engine,
      NetworkDefinition network,
      int partitions,
      int batchSize,
      ShiftAugmentation shifts,
      long seed) {
    if (partitions < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          partitions + " partitions with minibatches of " + batchSize + " rows");
    }
    this.jobId = requireNonNull(jobId, "jobId");
    this.engine = requireNonNull(engine, "engine");
    this.network = requireNonNull(network, "network");
    this.partitions = partitions;
    this.batchSize = batchSize;
    this.shifts = requireNonNull(shifts, "shifts");
    this.seed = seed;
  }

  public String jobId() {
    return jobId;
  }

  public Engine engine() {
    return engine;
  }

  public NetworkDefinition network() {
    return network;
  }

  public int partitions() {
    return partitions;
  }

  public int batchSize() {
    return batchSize;
  }

  public long seed() {
    return seed;
  }

  /** A reader of the minibatches of one partition. */
  public MinibatchReader readerOf(PartitionData data) {
    return new MinibatchReader(data, batchSize, shifts, seed);
  }
}
