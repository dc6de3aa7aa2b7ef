/**
 * What a job's driver must know to go on after it has died: {@link
 * io.secateur.checkpoint.Checkpoint}, its bytes, and how often it is written.
 *
 * <p>A checkpoint is a value that the driver alone writes, between two rounds. Rounds are pure
 * functions of their input, so a job that goes on from a checkpoint computes what it would have
 * computed undisturbed, to the last bit.
 */
package io.secateur.checkpoint;
