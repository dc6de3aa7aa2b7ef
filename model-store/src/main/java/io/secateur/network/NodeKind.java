package io.secateur.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a node computes. Shapes are those of one example, without the batch. */
public enum NodeKind {
  /** The examples: raw values times the attribute {@code scale}. */
  INPUT,
  /** y = W x + b; x is flat. */
  DENSE,
  /** Cross-correlation over [channels, height, width], in {@code groups}, zero padding. */
  CONVOLUTION,
  /** The maximum of each window, by channel. */
  MAX_POOL,
  RELU,
  SOFTMAX,
  /** Zeroes activations with probability {@code rate} while training; the identity otherwise. */
  DROPOUT,
  /** [channels, height, width] as one row, in that order. */
  FLATTEN,
  /** The sum of two or more inputs of one shape. */
  ADD,
  /** By channel (the first dimension): scale (x - mean) / sqrt(variance + epsilon) + shift. */
  BATCH_NORM,
  /** Anything else: it has a {@code type}, and tensors that can be pruned, stored and listed. */
  OPAQUE;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The stable name in files, as in {@code max-pool}. */
  public String wireName() {
    return wireName;
  }

  /** The kind of a {@link #wireName}. */
  public static Optional<NodeKind> named(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }
}
