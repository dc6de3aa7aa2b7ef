/**
 * {@code secateur bench}: measures this machine and what the service does on it, beside the
 * baselines that users know, in one run. Ours and each baseline take turns, so that noise of the
 * machine meets both; a figure is the median of its samples. The rows go to {@code bench.json}.
 */
package io.secateur.bench;
