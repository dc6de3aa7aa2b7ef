package io.secateur.data;

import java.nio.charset.StandardCharsets;

/**
 * Seeds derived from seeds: everything random in a job is a pure function of the job's seed and of
 * what it is for (epoch, row, layer, partition), never of the order in which things ran.
 *
 * <p>The mixer is SplitMix64's (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
 * generators"). Its output is part of what "same seed, same result" means and does not change.
 */
public final class Seeds {
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** Mixes any number of parts into one seed; the order of the parts counts. */
  public static long mix(long... parts) {
    long state = 0L;
    for (long part : parts) {
      state = step(state, part);
    }
    return state;
  }

  /** The same value as {@link #mix(long...)} of the two parts, without an array. */
  public static long mix(long first, long second) {
    return step(step(0L, first), second);
  }

  /** A seed from a name (a layer, a purpose): 64-bit FNV-1a over its UTF-8 bytes, then mixed. */
  public static long of(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return finish(hash);
  }

  /** A stream of random numbers that starts from the mixed parts. */
  public static RandomStream random(long... parts) {
    return new RandomStream(mix(parts));
  }

  /** A number in [0, bound) from a mixed seed; its distance from uniform is below bound / 2^31. */
  static int bounded(long mixed, int bound) {
    return (int) (((mixed >>> 33) * bound) >>> 31);
  }

  private static long step(long state, long part) {
    return finish(state + GOLDEN_GAMMA + part);
  }

  static long finish(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
