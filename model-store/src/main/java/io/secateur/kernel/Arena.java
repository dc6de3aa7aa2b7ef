package io.secateur.kernel;

/**
 * One float array for all that a worker keeps: first every part is reserved, then the array is made
 * once. Parts start at multiples of 16 floats from the first, so that vectors do not straddle cache
 * lines when the array's elements start where a JVM with {@code ObjectAlignmentInBytes=64} puts
 * them. Not thread-safe.
 */
public final class Arena {
  /** Floats in front of the first part: a Java array has a header of 16 bytes. */
  public static final int FIRST = 12;

  private long end = FIRST;
  private float[] memory;

  /** Rounds up to a multiple of {@link Kernels#BLOCK}. */
  public static int padded(int floats) {
    return (floats + Kernels.BLOCK - 1) / Kernels.BLOCK * Kernels.BLOCK;
  }

  /**
   * Reserves a part.
   *
   * @param floats at least 0
   * @return the index of its first float; they are zero at first
   * @throws IllegalStateException when the array exists
   * @throws IllegalArgumentException when all parts have more than 2<sup>31</sup> - 1 floats
   */
  public int reserve(int floats) {
    if (memory != null) {
      throw new IllegalStateException("the arena is allocated");
    }
    int start = (int) end;
    end += ((long) floats + Kernels.BLOCK - 1) / Kernels.BLOCK * Kernels.BLOCK;
    if (end > Integer.MAX_VALUE - Kernels.BLOCK) {
      throw new IllegalArgumentException(
          "a network, its velocity and a minibatch take at most 2147483631 floats, found " + end);
    }
    return start;
  }

  /** The array of all parts; nothing can be reserved any more. */
  public float[] memory() {
    if (memory == null) {
      memory = new float[(int) end];
    }
    return memory;
  }
}
