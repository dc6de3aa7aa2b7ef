package io.secateur.report;

/**
 * The weights of a layer over a job; null where they are not known.
 *
 * @param beforePruning those that the job began to prune
 * @param afterPruning those that the last cut left, before their retraining
 * @param afterRetraining those that are published
 */
public record WeightHistograms(
    WeightHistogram beforePruning, WeightHistogram afterPruning, WeightHistogram afterRetraining) {}
