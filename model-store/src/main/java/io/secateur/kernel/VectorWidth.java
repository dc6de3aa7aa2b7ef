package io.secateur.kernel;

import jdk.incubator.vector.VectorShape;

/** Asks the Vector API, by name from {@link KernelProvider}: the module may be absent. */
final class VectorWidth {
  private VectorWidth() {}

  static int preferredBits() {
    return VectorShape.preferredShape().vectorBitSize();
  }
}
