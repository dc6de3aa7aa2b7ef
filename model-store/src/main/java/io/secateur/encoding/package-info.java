/**
 * Tensors as bytes: the encodings, the codec and the account of where every byte goes.
 *
 * <p>The grammar stands in FORMAT.md beside the module's pom. Two decisions outlive any commit: a
 * value is absent when all its bits are zero, so that the round trip is bit-exact and a stored zero
 * is always a filler; and a tensor in an encoding has exactly one file, so that a reader can refuse
 * everything else.
 *
 * <p>Why it is fast: where survivors lie can't be predicted, so the loops that meet them have no
 * branch on it. One pass turns the values into a bitmap and counts gaps; what follows looks at
 * survivors only. Chunks share nothing, so that any number of cores can work on them.
 */
package io.secateur.encoding;
