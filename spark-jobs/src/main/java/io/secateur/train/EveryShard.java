package io.secateur.train;

import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Lets each of n tasks read all of the first shards, without a shuffle: n groups, each of which
 * holds the same partitions and starts at another one, so that tasks do not all ask one executor at
 * once. A group prefers no host.
 */
final class EveryShard implements PartitionCoalescer, scala.Serializable {
  private static final long serialVersionUID = 1L;

  private final int shards;

  private EveryShard(int shards) {
    this.shards = shards;
  }

  /**
   * An RDD of so many partitions, each of which has the shards [0, shards) in some order.
   *
   * @param all partition s holds shard s
   */
  static JavaRDD<Shard> of(JavaRDD<Shard> all, int shards, int tasks) {
    return all.rdd().coalesce(tasks, false, Option.apply(new EveryShard(shards)), null).toJavaRDD();
  }

  @Override
  public PartitionGroup[] coalesce(int tasks, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[tasks];
    for (int task = 0; task < tasks; task++) {
      groups[task] = new PartitionGroup(Option.empty());
      for (int i = 0; i < shards; i++) {
        groups[task].partitions().$plus$eq(partitions[(task + i) % shards]);
      }
    }
    return groups;
  }
}
