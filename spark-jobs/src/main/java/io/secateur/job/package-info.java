/**
 * What a job does, from validated options to a published version: {@link io.secateur.job.PruneJob},
 * {@link io.secateur.job.TrainJob}, {@link io.secateur.job.EvaluateJob}.
 *
 * <p>The driver decides everything here. Training rounds come back as values, the test set is seen
 * by {@link io.secateur.job.Publisher} alone, and a version exists from the moment the store
 * commits it, never before: a job that ends early leaves the store as it was.
 *
 * <p>A job goes on after its driver has died: {@link io.secateur.job.Checkpoints} has what an
 * earlier run left, job.yaml in the store says whether the job is the same, and what an earlier run
 * has published is found by its provenance. Two drivers of one job do no harm: they compute the
 * same, and the store takes one version of each stage.
 */
package io.secateur.job;
