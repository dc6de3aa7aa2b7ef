package io.secateur.train;

import io.secateur.data.TrainingRows;
import io.secateur.network.ParameterLayout;
import java.net.URI;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Where rounds are averaged: on the driver while the parameters are few, on the executors above.
 * Both give the same bits, so this is a matter of speed and of the driver's memory alone.
 *
 * @param driverBytes networks with fewer bytes of parameters (4 for each, pruned or not) are
 *     averaged on the driver
 * @param folder for shards, on a filesystem that executors share
 * @param roundsPerWrite see {@link ShardedTrainer}
 */
public record Aggregation(long driverBytes, String folder, int roundsPerWrite) {
  /** Spark's setting for {@code driverBytes}; 16 MB without it. */
  public static final String DRIVER_BYTES = "spark.secateur.aggregation.driver-bytes";

  /** Spark's setting for {@code folder}; one of the job's own without it. */
  public static final String FOLDER = "spark.secateur.aggregation.folder";

  /**
   * Few enough that a lost executor costs little, and that the shuffle files on a disk stay within
   * a few times the state; enough that writing it does not count.
   */
  private static final int ROUNDS_PER_WRITE = 5;

  /**
   * What jobs use.
   *
   * @param conf {@value #DRIVER_BYTES} and {@value #FOLDER} go before what is usual
   * @param folder where shards lie unless the settings name another
   */
  public static Aggregation of(SparkConf conf, URI folder) {
    return new Aggregation(
        conf.getLong(DRIVER_BYTES, 16L << 20),
        conf.get(FOLDER, folder.toString()),
        ROUNDS_PER_WRITE);
  }

  /** The trainer for the size of the plan's network. */
  public DataParallelTrainer trainer(JavaSparkContext spark, TrainingPlan plan, TrainingRows rows) {
    return trainer(plan, new TrainingSite(spark, plan, rows));
  }

  /** The same on partitions that other trainers of this context read as well. */
  public DataParallelTrainer trainer(
      JavaSparkContext spark, TrainingPlan plan, CachedPartitions shared) {
    return trainer(plan, new TrainingSite(spark, plan, shared));
  }

  private DataParallelTrainer trainer(TrainingPlan plan, TrainingSite site) {
    long parameters = ParameterLayout.of(plan.network().topology()).parameterCount();
    return parameters * Float.BYTES < driverBytes
        ? new SparkTrainer(plan, site)
        : new ShardedTrainer(site, folder, roundsPerWrite);
  }
}
