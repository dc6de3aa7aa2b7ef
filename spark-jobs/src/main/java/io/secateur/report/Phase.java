package io.secateur.report;

/** The phases whose seconds are added up. */
public enum Phase {
  /** Finding, checking and reading the data. */
  DATA,
  /** Dense training. */
  TRAIN,
  /** Statistics, thresholds, masks. */
  PRUNE,
  /** Training after a cut. */
  RETRAIN,
  /** Encoding, test figure, commit. */
  PUBLISH
}
