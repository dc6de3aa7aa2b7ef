package io.secateur.submit;

import java.util.Locale;

/** Where the driver runs. */
public enum DeployMode {
  /** Here. */
  CLIENT,
  /** On the cluster. */
  CLUSTER;

  /** As Spark has it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
