package io.secateur.data;

/**
 * SplitMix64 as a stream: the same numbers for the same seed on every JVM, now and later, which
 * {@code java.util.SplittableRandom} does not promise. Not thread-safe.
 */
public final class RandomStream {
  private long state;
  private double spareGaussian = Double.NaN;

  RandomStream(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += Seeds.GOLDEN_GAMMA;
    return Seeds.finish(state);
  }

  /**
   * A uniform number in [0, bound), without bias.
   *
   * @throws IllegalArgumentException when the bound is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound + " is below 1");
    }
    // 31 random bits fall into whole multiples of the bound, or are drawn again
    long limit = (1L << 31) / bound * bound;
    long bits;
    do {
      bits = nextLong() >>> 33;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  /** A uniform number in [0, 1) with 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A standard normal number (Marsaglia's polar method, StrictMath: equal on every machine). */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = y * factor;
    return x * factor;
  }

  /** Permutes values[from, to) uniformly (Fisher-Yates, from the end). */
  void shuffle(int[] values, int from, int to) {
    for (int last = to - 1; last > from; last--) {
      int other = from + nextInt(last - from + 1);
      int value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
  }
}
