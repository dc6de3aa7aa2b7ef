/**
 * The network without the framework that trains it: a graph of named nodes, the parameters they
 * own, and the two flat arenas that hold those parameters.
 *
 * <p>What travels, is averaged, masked, stored and hashed is in the canonical order defined here
 * (nodes topologically, ties by name; a node's weights before its biases before its statistics);
 * only an adapter to another framework ever converts. A kind of layer that is not known is {@link
 * io.secateur.network.NodeKind#OPAQUE}: its tensors can be pruned, stored and listed all the same.
 *
 * <p>{@link io.secateur.network.SparseNetwork} runs such a network on the kernels of {@link
 * io.secateur.kernel}: a plan of steps, shared by all threads, over values that a {@link
 * io.secateur.network.Session} holds for one of them.
 */
package io.secateur.network;
