package io.secateur.train.dl4j;

import io.secateur.network.ParameterTensor;

/**
 * A range of a tensor's elements that lie together in DL4J's flattened parameters: the whole
 * tensor, or what one group of a convolution has of it.
 *
 * @param tensor the tensor
 * @param from the first element
 * @param length 1 or more
 */
public record TensorPiece(ParameterTensor tensor, int from, int length) {}
