package io.secateur.config;

/** The engine that a job asks for. */
public enum EngineChoice {
  /** The best one that can run the network. */
  AUTO,
  /** Deeplearning4j's layers. */
  DL4J;

  /** The name in job files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
