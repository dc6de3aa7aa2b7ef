/**
 * How much it hurts to prune one layer alone (Han et al. 2015, section 3.2 and figure 6), and what
 * follows from it: {@link io.secateur.sensitivity.SensitivitySweep} measures every layer at every
 * level over the cluster, {@link io.secateur.sensitivity.SensitivityCurve} is what it finds for one
 * layer, {@link io.secateur.sensitivity.ThresholdPlan} chooses a sparsity for each.
 *
 * <p>Everything here looks at validation rows only. A cell is exact: its errors are those that a
 * plain evaluation of the whole network counts, to the bit of every logit.
 */
package io.secateur.sensitivity;
