package io.secateur.train;

import io.secateur.data.PartitionData;
import io.secateur.data.RowChunk;
import io.secateur.data.TrainingRows;
import java.io.File;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockStatus;
import org.apache.spark.storage.RDDBlockId;
import scala.Option;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * Each partition's cached chunks as one {@link PartitionData}. An RDD of its own because {@code
 * mapPartitions} opens the parent's iterator for every task, and opening a block that Spark had to
 * put on disk makes it read as much of it as memory holds: here the chunks are opened once in a
 * JVM, not once a round.
 *
 * <p>Whether a partition fits in memory is Spark's answer. Chunks that its memory store took are
 * used where they are; of a block that it put on disk, or that lies on another host, the pixels go
 * to a local file that readers read a window at a time.
 */
final class PartitionRdd extends RDD<PartitionData> {
  private static final long serialVersionUID = 1L;

  private final UUID owner;
  private final RDD<RowChunk> chunks;
  private final Broadcast<TrainingRows> rows;
  private final int count;

  PartitionRdd(UUID owner, RDD<RowChunk> chunks, Broadcast<TrainingRows> rows, int count) {
    super(chunks, ClassTag$.MODULE$.apply(PartitionData.class));
    this.owner = owner;
    this.chunks = chunks;
    this.rows = rows;
    this.count = count;
  }

  @Override
  public Partition[] getPartitions() {
    return chunks.partitions();
  }

  @Override
  public scala.collection.Iterator<PartitionData> compute(Partition split, TaskContext context) {
    PartitionData data = LocalPartitions.get(owner, split.index(), () -> load(split, context));
    return JavaConverters.asScalaIterator(List.of(data).iterator());
  }

  private PartitionData load(Partition split, TaskContext context) {
    int partition = split.index();
    Iterator<RowChunk> cached = JavaConverters.asJavaIterator(chunks.iterator(split, context));
    if (isInMemory(partition)) {
      return PartitionData.inMemory(rows.value(), partition, count, cached);
    }
    File place = SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
    return PartitionData.onDisk(rows.value(), partition, count, cached, place);
  }

  private boolean isInMemory(int partition) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Option<BlockStatus> status = blocks.getStatus(new RDDBlockId(chunks.id(), partition));
    return status.isDefined() && status.get().memSize() > 0;
  }
}
