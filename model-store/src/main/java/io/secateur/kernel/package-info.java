/**
 * The arithmetic of networks, forward and backward, on float arrays, without a framework.
 *
 * <p>All heavy work is one kind of loop ({@link io.secateur.kernel.Product}): a tile of 5 rows by 4
 * vectors of examples, whose terms are found through a table of offsets. Dense layers, convolutions
 * and both of their gradients are such products with different tables; what is not (bounds, pools,
 * updates) works on the tile while it is in the L1 cache. Activations have the examples innermost
 * in blocks of 16 ({@link io.secateur.kernel.Activations}), whatever the width of the vectors, and
 * sums run over their terms in order: neither threads nor the vector width change a result.
 *
 * <p>Prediction multiplies by the same loops ({@link io.secateur.kernel.RowProduct}), but its
 * weights never change, so they stand apart from the values, once for all threads. One example is
 * as common there as a batch: its neighbouring pixels take the place of examples, and a dense layer
 * is one dot product a row.
 *
 * <p>Of pruned layers the survivors alone are held ({@link io.secateur.kernel.SparseRows}): forward
 * and the gradient of the input are one loop over a row's terms ({@link
 * io.secateur.kernel.SparseProduct}), the gradient of a weight is one dot product. What is cut
 * costs nothing, and has no place to grow back in. One accumulator set holds what a row gives for
 * 64 examples (or 4 pixels of 16), so every weight is one broadcast and four multiply-adds that
 * read their other operand from the cache.
 *
 * <p>{@link io.secateur.kernel.Kernels} is the small interface behind which the Vector API stands.
 * It is an incubator module: its classes are compiled apart and reached by name from {@link
 * io.secateur.kernel.KernelProvider}, and a JVM without the module computes in plain Java.
 */
package io.secateur.kernel;
