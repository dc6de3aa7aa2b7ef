package io.secateur.kernel;

/**
 * Where a trained tensor lies in the arena.
 *
 * @param values its first value
 * @param velocity its first velocity; they are in the order of the values
 * @param mask the first of as many ones and zeros (pruned); {@link #NO_MASK} when none is pruned
 */
public record Trained(int values, int velocity, int mask) {
  public static final int NO_MASK = -1;

  /** A tensor that is only read. */
  public static Trained fixed(int values) {
    return new Trained(values, -1, NO_MASK);
  }

  boolean isMasked() {
    return mask != NO_MASK;
  }
}
