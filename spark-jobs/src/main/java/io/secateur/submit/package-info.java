/**
 * Jobs on a cluster: what is handed to Spark's own {@code SparkSubmit}, and what travels with a
 * job.
 *
 * <p>A cluster's word on how an application ended is not to be relied on (a standalone master
 * reports success for every driver that could be started, YARN in client mode for every job), so
 * the outcome is what the job itself writes: {@code result.json} in its folder of the store.
 */
package io.secateur.submit;
