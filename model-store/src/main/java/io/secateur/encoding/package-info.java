/**
 * Tensors as bytes: the encodings, the codec and the account of where every byte goes.
 *
 * <p>The grammar stands in FORMAT.md beside the module's pom. Two decisions outlive any commit: a
 * value is absent when all its bits are zero, so that the round trip is bit-exact and a stored zero
 * is always a filler; and a tensor in an encoding has exactly one file, so that a reader can refuse
 * everything else.
 */
package io.secateur.encoding;
