package io.secateur.network;

import io.secateur.kernel.RowKernels;

/** One step of a prediction: immutable, shared by all threads. */
interface Step {
  /** The step over the values of one thread. */
  Runnable bind(Memory memory, RowKernels kernels);
}
