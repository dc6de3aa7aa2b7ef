package io.secateur.config;

/** How the native engine holds and computes a layer's weights. */
public enum LayerKernel {
  /** All of them, pruned ones as zeros under a mask. */
  DENSE,
  /** Those alone that survive. */
  SPARSE;

  /** The name in job files and results. */
  public String wireName() {
    return WireNames.of(this);
  }
}
