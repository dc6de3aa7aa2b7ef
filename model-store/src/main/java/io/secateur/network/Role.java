package io.secateur.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a parameter tensor is to training and pruning. The order is the order inside a node. */
public enum Role {
  /** Trained with regularisation, and prunable. */
  WEIGHT,
  /** Trained without regularisation, never pruned: biases, batch-norm's scale and shift. */
  BIAS,
  /** Not trained by gradients, never pruned: batch-norm's running mean and variance. */
  STATISTIC;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The stable name in files, as in {@code weight}. */
  public String wireName() {
    return wireName;
  }

  /** The role of a {@link #wireName}. */
  public static Optional<Role> named(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName.equals(wireName)).findFirst();
  }
}
