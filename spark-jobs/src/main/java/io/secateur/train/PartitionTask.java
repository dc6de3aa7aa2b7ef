package io.secateur.train;

import io.secateur.data.PartitionData;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What a task does with its partition, in the form that Spark's {@code runJob} takes. */
abstract class PartitionTask<R> extends AbstractFunction2<TaskContext, Iterator<PartitionData>, R>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A pure function of the partition's rows and of what the task carries. */
  abstract R run(PartitionData data);

  @Override
  public final R apply(TaskContext context, Iterator<PartitionData> partition) {
    return run(partition.next());
  }
}
