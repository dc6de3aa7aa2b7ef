package io.secateur.train;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A pool of Spark's fair scheduler: threads that run their work in different pools of one context
 * get equal shares of its cores, whoever came first.
 */
public final class SchedulerPool {
  private static final String PROPERTY = "spark.scheduler.pool";

  private SchedulerPool() {}

  /**
   * Runs work whose Spark jobs, as far as this thread starts them, belong to a pool.
   *
   * @param name of the pool; it need not exist
   */
  public static <T> T run(JavaSparkContext spark, String name, Supplier<T> work) {
    String before = spark.getLocalProperty(PROPERTY);
    spark.setLocalProperty(PROPERTY, name);
    try {
      return work.get();
    } finally {
      spark.setLocalProperty(PROPERTY, before);
    }
  }
}
