package io.secateur.network;

import java.util.Locale;

/** How a layer's weights are held and multiplied when a network predicts. */
public enum LayerForm {
  /** Whatever is faster at the layer's density. */
  AUTO,
  /** Surviving weights only, each with its place: 8 bytes a survivor. */
  SPARSE,
  /** Every weight: 4 bytes each. */
  DENSE;

  /**
   * Below about these densities sparse rows are faster than dense ones with 512-bit vectors: a
   * dense layer shares what it loads between four rows, a convolution's loads come from the L1
   * cache either way. Rough limits: near them the two take about as long.
   */
  private static final float SPARSE_DENSE_LAYER = 0.4f;

  private static final float SPARSE_CONVOLUTION = 0.6f;

  /** What AUTO means for a layer of that density. */
  LayerForm resolve(NodeKind kind, float density) {
    if (this != AUTO) {
      return this;
    }
    float limit = kind == NodeKind.CONVOLUTION ? SPARSE_CONVOLUTION : SPARSE_DENSE_LAYER;
    return density < limit ? SPARSE : DENSE;
  }

  /** As in {@code sparse}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
