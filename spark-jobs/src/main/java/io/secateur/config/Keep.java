package io.secateur.config;

/** Which epoch after the last cut is published. */
public enum Keep {
  /** The best on the validation split among the last third. */
  BEST,
  /** The last. */
  LAST;

  /** The name in job files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
