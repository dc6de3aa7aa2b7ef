package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;

/** One step of a prediction: immutable, shared by all threads. */
interface Step {
  /** The step over the values of one thread; may reserve more of its memory. */
  Layer bind(Memory memory, Kernels kernels);
}
