/**
 * Data-parallel training: the driver's loop ({@link io.secateur.train.DataParallelTrainer}) hands
 * each worker a {@link io.secateur.train.RoundInput} and averages what its {@link
 * io.secateur.train.LocalTrainer} returns; evaluation; Spark's settings.
 *
 * <p>A worker is a partition index, not a thread or a JVM, and a round's result is a pure function
 * of its input, the mask and the partition's rows. Results are averaged in partition order; Spark's
 * reduce, reduceByKey and treeAggregate add floats in the order in which the network delivers them
 * and are not used. {@link io.secateur.train.SparkTrainer} averages on the driver, {@link
 * io.secateur.train.ShardedTrainer} in shards on the executors, to the same bits; {@link
 * io.secateur.train.Aggregation} picks one by size: below 16 MB a round on the driver is faster,
 * above it the driver's network and memory would bound the cluster. All arrays are canonical: an
 * engine that keeps parameters in another order converts inside.
 */
package io.secateur.train;
