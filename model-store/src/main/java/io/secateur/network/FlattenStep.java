package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;

/** Images as rows without gaps, where something else than a dense layer reads them. */
record FlattenStep(int in, int out) implements Step {
  @Override
  public Layer bind(Memory memory, Kernels kernels) {
    Plane from = memory.plane(in);
    int lanes = memory.lanes();
    return arena -> {
      for (int chunk = 0; chunk < memory.chunks; chunk++) {
        for (int i = 0; i < from.elements(); i++) {
          int at = memory.at(in, chunk, from.placeOf(i));
          System.arraycopy(arena, at, arena, memory.at(out, chunk, i), lanes);
        }
      }
    };
  }
}
