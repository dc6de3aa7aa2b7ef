package io.secateur.bench;

import io.secateur.bench.LayerTimer.Shape;
import io.secateur.config.LayerKernel;
import io.secateur.kernel.KernelProvider;
import io.secateur.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A large layer by itself on one thread, forward and back with its update: where the sparse kernels
 * overtake the dense ones, and how much of the machine's peak each reaches.
 */
final class LayerCurve {
  private static final int SIZE = 4096;
  private static final int BATCH = 64;

  /**
   * Output, gradient of the input and gradient of the weights: a multiplication and an addition.
   */
  private static final double OPERATIONS = 2 * 3;

  private static final String PREFIX = "retrain.dense-" + SIZE + ".minibatch-microseconds.density-";

  private final BenchOptions options;
  private final Consumer<String> progress;
  private final double peak;

  /**
   * @param peak the machine's with one thread, in GFLOP/s
   */
  LayerCurve(BenchOptions options, Consumer<String> progress, double peak) {
    this.options = options;
    this.progress = progress;
    this.peak = peak;
  }

  /**
   * A row for each density that the options ask for.
   *
   * @param percents of the weights that survive
   */
  List<BenchRow> rows(double... percents) {
    List<BenchRow> rows = new ArrayList<>();
    for (double percent : percents) {
      String name = PREFIX + label(percent);
      if (options.wants(name)) {
        rows.add(row(name, percent / 100));
      }
    }
    return rows;
  }

  /** As in {@code 8} or {@code 0.5}. */
  static String label(double percent) {
    return percent < 1 ? Double.toString(percent) : Integer.toString((int) percent);
  }

  private BenchRow row(String name, double density) {
    Kernels kernels = KernelProvider.of(KernelProvider.preferredLaneBits());
    Shape shape = Shape.dense(SIZE, SIZE);
    LayerTimer sparse = new LayerTimer(kernels, shape, LayerKernel.SPARSE, BATCH, density);
    LayerTimer dense = new LayerTimer(kernels, shape, LayerKernel.DENSE, BATCH, density);
    sparse.nanoseconds();
    dense.nanoseconds();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int sample = 0; sample < options.samples(); sample++) {
      ours.add(sparse.nanoseconds() / 1e3);
      theirs.add(dense.nanoseconds() / 1e3);
    }
    Samples micros = new Samples(ours);
    double denseMicros = new Samples(theirs).median();
    double all = OPERATIONS * SIZE * SIZE * BATCH;
    String note =
        String.format(
            Locale.ROOT,
            "sparse kernels, one thread, batch %d; of the peak of one core: sparse %.0f %%, dense"
                + " %.0f %%",
            BATCH,
            share(all * density, micros.median()),
            share(all, denseMicros));
    progress.accept(name + ": " + BenchTable.digits(micros.median()) + " us; " + note);
    double ratio = Better.LOWER.ratio(micros.median(), denseMicros);
    return BenchRow.of(
        name, "us", micros, List.of(Baseline.measured("dense", denseMicros, ratio)), note);
  }

  private double share(double operations, double micros) {
    return 100 * operations / (1e3 * micros) / peak;
  }
}
