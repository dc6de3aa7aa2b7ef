package io.secateur.bench;

import io.secateur.kernel.PeakRate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** What the machine itself can do, so that figures from two machines can be compared. */
final class MachineBench {
  private static final int COPIED_FLOATS = 1 << 26;
  private static final int SAMPLES = 5;

  /** Until the compiler has replaced the loop that it compiled while it ran. */
  private static final int WARM_UPS = 3;

  private MachineBench() {}

  /** The rows, measured now: on one thread, and the last on two at once. */
  static List<BenchRow> rows() {
    return List.of(
        BenchRow.of(
            "machine.peak-fma-gflops.cores-1",
            "GFLOP/s",
            samples(PeakRate::fmaGigaflops),
            "fused multiply-add in registers, 2 operations each"),
        BenchRow.of(
            "machine.memory-copy-gb-per-second",
            "GB/s",
            samples(MachineBench::copy),
            "one array of 256 MB to another, bytes copied"),
        BenchRow.of(
            "machine.peak-fma-gflops.cores-2",
            "GFLOP/s",
            samples(MachineBench::twoAtOnce),
            "two threads at once: below twice the first row where cores share their units"));
  }

  /** The peak of so many threads among the rows. */
  static double peak(List<BenchRow> rows, int threads) {
    return rows.get(threads == 1 ? 0 : 2).value();
  }

  private static double twoAtOnce() {
    CompletableFuture<Double> other = CompletableFuture.supplyAsync(PeakRate::fmaGigaflops);
    return PeakRate.fmaGigaflops() + other.join();
  }

  private static Samples samples(DoubleSupplier measured) {
    return new Samples(
        DoubleStream.generate(measured).limit(WARM_UPS + SAMPLES).skip(WARM_UPS).boxed().toList());
  }

  private static double copy() {
    float[] from = new float[COPIED_FLOATS];
    float[] to = new float[COPIED_FLOATS];
    System.arraycopy(from, 0, to, 0, from.length);
    long start = System.nanoTime();
    System.arraycopy(from, 0, to, 0, from.length);
    return 4.0 * from.length / (System.nanoTime() - start);
  }
}
