package io.secateur.train;

import io.secateur.data.ChunkReader;
import io.secateur.data.PartitionData;
import io.secateur.data.RowChunk;
import io.secateur.data.TrainingRows;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The training rows on the workers. Each worker reads its own rows; they are cached as raw bytes in
 * chunks (MEMORY_AND_DISK), so that no partition has to fit into memory, and each task sees its
 * partition as one {@link PartitionData}. The shares of two workers differ by one row at most.
 */
public final class CachedPartitions implements AutoCloseable {
  private final UUID id = UUID.randomUUID();
  private final Broadcast<TrainingRows> sentRows;
  private final Broadcast<SerializableConfiguration> sentConfiguration;
  private final JavaRDD<RowChunk> chunks;
  private final JavaRDD<PartitionData> data;
  private final int largest;

  private CachedPartitions(JavaSparkContext spark, TrainingRows rows, int partitions) {
    this.sentRows = spark.broadcast(rows);
    // with spark.hadoop.*, which a task's own Configuration would not have
    this.sentConfiguration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    List<Integer> numbers = List.copyOf(IntStream.range(0, partitions).boxed().toList());
    this.chunks =
        spark
            .parallelize(numbers, partitions)
            .flatMap(new ChunksOf(sentRows, sentConfiguration, partitions))
            .setName("training rows")
            .persist(StorageLevel.MEMORY_AND_DISK());
    this.data = new PartitionRdd(id, chunks.rdd(), sentRows, partitions).toJavaRDD();
    this.largest = rows.rowsOf(0, partitions);
  }

  /** Partitions that are read when they are first used. */
  public static CachedPartitions of(JavaSparkContext spark, TrainingRows rows, int partitions) {
    return new CachedPartitions(spark, rows, partitions);
  }

  /**
   * Partition p holds the rows i mod P = p as one element. It is made where it is used, from the
   * cached chunks, and never travels: map or zip it, but don't persist it.
   */
  public JavaRDD<PartitionData> rdd() {
    return data;
  }

  /** Hadoop's configuration as it was sent to the workers. */
  Broadcast<SerializableConfiguration> configuration() {
    return sentConfiguration;
  }

  /** The minibatches of an epoch in the largest partition, a short last one included. */
  public int minibatchesPerEpoch(int batchSize) {
    return (largest + batchSize - 1) / batchSize;
  }

  /** Lets the workers drop the rows; those in this JVM are dropped now. No task may be running. */
  @Override
  public void close() {
    LocalPartitions.discard(id);
    if (!chunks.context().isStopped()) {
      chunks.unpersist(false);
      sentRows.destroy();
      sentConfiguration.destroy();
    }
  }

  /** The chunks of a partition, read as they are asked for. */
  private static final class ChunksOf implements FlatMapFunction<Integer, RowChunk> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingRows> rows;
    private final Broadcast<SerializableConfiguration> configuration;
    private final int partitions;

    ChunksOf(
        Broadcast<TrainingRows> rows,
        Broadcast<SerializableConfiguration> configuration,
        int partitions) {
      this.rows = rows;
      this.configuration = configuration;
      this.partitions = partitions;
    }

    @Override
    public Iterator<RowChunk> call(Integer partition) {
      ChunkReader reader =
          rows.value().chunks(configuration.value().value(), partition, partitions);
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> reader.close());
      return reader;
    }
  }
}
