/**
 * Data-parallel training: the driver's loop ({@link io.secateur.train.DataParallelTrainer}) hands
 * each worker a {@link io.secateur.train.RoundInput} and averages what its {@link
 * io.secateur.train.LocalTrainer} returns; evaluation; Spark's settings.
 *
 * <p>A worker is a partition index, not a thread or a JVM, and a round's result is a pure function
 * of its input, the mask and the partition's rows. Results are therefore averaged in partition
 * order on the driver; Spark's reduce, reduceByKey and treeAggregate add floats in the order in
 * which the network delivers them and are not used. All arrays are canonical: an engine that keeps
 * parameters in another order converts inside.
 */
package io.secateur.train;
