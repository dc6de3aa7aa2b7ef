package io.secateur.kernel;

/** The machine's peak, as these kernels could reach it: multiply-adds that stay in registers. */
public final class PeakRate {
  private static final int STEPS = 1 << 26;

  private PeakRate() {}

  /**
   * Measures one thread for about a tenth of a second.
   *
   * @return 10^9 operations a second, 2 for each multiply-add of each lane
   */
  public static double fmaGigaflops() {
    if (KernelProvider.preferredLaneBits() == KernelProvider.PLAIN) {
      return plain();
    }
    // the width of this process is decided before the class that reads it is initialised
    KernelProvider.of(KernelProvider.preferredLaneBits());
    try {
      return (double)
          Class.forName(PeakRate.class.getPackageName() + ".VectorPeak")
              .getDeclaredMethod("gigaflops")
              .invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("VectorPeak is part of this library", e);
    }
  }

  private static double plain() {
    float a = 1;
    float b = 1;
    float c = 1;
    float d = 1;
    long start = System.nanoTime();
    for (int step = 0; step < STEPS; step++) {
      a = a * 0.999f + 0.001f;
      b = b * 0.999f + 0.001f;
      c = c * 0.999f + 0.001f;
      d = d * 0.999f + 0.001f;
    }
    long nanos = System.nanoTime() - start;
    if (Float.isNaN(a + b + c + d)) {
      throw new IllegalStateException("sums that are used can't be left out by the compiler");
    }
    return 8.0 * STEPS / nanos;
  }
}
