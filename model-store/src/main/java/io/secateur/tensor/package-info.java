/**
 * The values that everything else is made of: shapes, exact sparsities, masks, weight tensors.
 *
 * <p>All are immutable and validated where they are made. The decision that outlives any commit:
 * tensors are row-major float32 (dense {@code [out, in]}, convolution {@code [out, in/groups, kh,
 * kw]}), and a weight's index is its place in that order; masks, thresholds, files and hashes all
 * count by it.
 */
package io.secateur.tensor;
