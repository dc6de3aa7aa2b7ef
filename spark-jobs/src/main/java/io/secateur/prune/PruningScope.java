package io.secateur.prune;

import java.util.Locale;

/** Whether weights compete within their layer or with those of all layers. */
public enum PruningScope {
  /** Every layer reaches its own target. */
  PER_LAYER,
  /** One target for all layers that are not excluded; magnitudes are compared across them. */
  GLOBAL,
  /**
   * One target for all layers that are not excluded; a weight's square over the sum of the squares
   * of those of its layer that are no smaller is compared across them (LAMP, Lee et al. 2021).
   */
  LAYER_ADAPTIVE;

  /** The name in job files: {@code per-layer}, {@code global}, {@code layer-adaptive}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
