package io.secateur.train;

import io.secateur.data.PartitionData;
import io.secateur.data.TrainingRows;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * The training rows as an RDD with one element in each of its partitions: the raw bytes of a
 * worker's rows, read by the worker itself and kept there.
 */
public final class CachedPartitions implements AutoCloseable {
  private final JavaRDD<PartitionData> data;
  private final int largest;

  private CachedPartitions(JavaRDD<PartitionData> data, int largest) {
    this.data = data;
    this.largest = largest;
  }

  /** Partitions that are read when they are first used. */
  public static CachedPartitions of(JavaSparkContext spark, TrainingRows rows, int partitions) {
    List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
    JavaRDD<PartitionData> data =
        spark
            .parallelize(List.copyOf(numbers), partitions)
            .map(partition -> PartitionData.load(rows, partition, partitions))
            .setName("training rows")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new CachedPartitions(data, rows.rowsOf(0, partitions));
  }

  /** Partition p holds the rows i mod P = p as one element. */
  public JavaRDD<PartitionData> rdd() {
    return data;
  }

  /** The minibatches of an epoch in the largest partition, a short last one included. */
  public int minibatchesPerEpoch(int batchSize) {
    return (largest + batchSize - 1) / batchSize;
  }

  /** Lets the workers drop the rows. */
  @Override
  public void close() {
    if (!data.context().isStopped()) {
      data.unpersist(false);
    }
  }
}
