/**
 * Deeplearning4j behind the interfaces of {@link io.secateur.train}: the only package that touches
 * its classes or an INDArray.
 *
 * <p>Its two forms of network, MultiLayerNetwork and ComputationGraph, differ in {@link
 * io.secateur.train.dl4j.Dl4jConfiguration} and {@link io.secateur.train.dl4j.Dl4jModel} and
 * nowhere else.
 *
 * <p>DL4J computes forward and backward; updates, masks and averages are ours, on canonical arrays.
 * No conversion is per element: a dense W of [in, out] in f order is [out, in] row-major in memory,
 * and a convolution's W is [out, in, kh, kw] in c order, so that every tensor is one contiguous
 * range of DL4J's flattened parameters. Masks never become part of a DL4J configuration: its
 * constraints run after its listeners, and would be written into the model.
 */
package io.secateur.train.dl4j;
