package io.secateur.config;

/** What happens to a network's dropout in retraining. */
public enum DropoutPolicy {
  /** D_r = D_o sqrt(C_r / C_o) per layer, C its connections (Han et al. 2015, section 3.2). */
  ADJUST,
  /** As in dense training. */
  UNCHANGED;

  /** The name in job files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
