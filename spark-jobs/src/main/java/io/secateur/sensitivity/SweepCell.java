package io.secateur.sensitivity;

import io.secateur.tensor.Mask;
import java.io.Serializable;

/** What travels to the task of one cell: the place of the layer and what survives of it. */
final class SweepCell implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int layer;
  private final Mask survivors;

  /**
   * @param layer its place among the layers with weights
   * @param survivors of that layer alone
   */
  SweepCell(int layer, Mask survivors) {
    this.layer = layer;
    this.survivors = survivors;
  }

  int layer() {
    return layer;
  }

  Mask survivors() {
    return survivors;
  }
}
