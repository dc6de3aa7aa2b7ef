package io.secateur.network;

import io.secateur.kernel.RowKernels;

/** Images as rows without gaps, where something else than a dense layer reads them. */
record FlattenStep(int in, int out) implements Step {
  @Override
  public Runnable bind(Memory memory, RowKernels kernels) {
    Plane from = memory.plane(in);
    float[] source = memory.values(in);
    float[] target = memory.values(out);
    int lanes = memory.lanes();
    return () -> {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int i = 0; i < from.elements(); i++) {
          int at = memory.at(in, chunk, from.placeOf(i));
          System.arraycopy(source, at, target, memory.at(out, chunk, i), lanes);
        }
      }
    };
  }
}
