package io.secateur.config;

/** The engine that a job asks for. */
public enum EngineChoice {
  /** Ours where it can run the network, else DL4J's. */
  AUTO,
  /** Our own kernels. */
  NATIVE,
  /** Deeplearning4j's layers. */
  DL4J;

  /** The name in job files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
