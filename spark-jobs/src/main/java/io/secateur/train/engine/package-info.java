/**
 * Our own engine: a chain of dense layers, convolutions, pools, ReLU, dropout and a softmax with
 * cross-entropy, on the kernels of {@link io.secateur.kernel}. It is built from the topology alone.
 *
 * <p>A worker keeps one float array with everything in it, and allocates nothing per minibatch.
 * Canonical arrays become the kernels' layout when a round begins and canonical again when it ends.
 * {@link io.secateur.train.engine.KernelPolicy} decides how a pruned layer is held: its survivors
 * alone, in rows, or spread into a dense tensor whose other entries stay zero.
 */
package io.secateur.train.engine;
