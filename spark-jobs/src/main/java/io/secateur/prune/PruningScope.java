package io.secateur.prune;

import java.util.Locale;

/** Whether weights compete within their layer or with those of all layers. */
public enum PruningScope {
  /** Every layer reaches its own target. */
  PER_LAYER,
  /** One target for all layers that are not excluded; magnitudes are compared across them. */
  GLOBAL;

  /** The name in job files: {@code per-layer}, {@code global}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
