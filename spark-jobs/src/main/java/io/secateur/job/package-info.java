/**
 * What a job does, from validated options to a published version: {@link io.secateur.job.PruneJob},
 * {@link io.secateur.job.TrainJob}, {@link io.secateur.job.EvaluateJob}.
 *
 * <p>The driver decides everything here. Training rounds come back as values, the test set is seen
 * by {@link io.secateur.job.Publisher} alone, and a version exists from the moment the store
 * commits it, never before: a job that ends early leaves the store as it was.
 */
package io.secateur.job;
