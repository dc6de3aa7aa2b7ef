package io.secateur.bench;

import io.secateur.bench.LayerTimer.Shape;
import io.secateur.config.LayerKernel;
import io.secateur.kernel.KernelProvider;
import io.secateur.kernel.Kernels;
import io.secateur.train.engine.KernelCosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Makes the table of costs anew on this machine: every kernel on layers of several shapes, at
 * densities from 0.5 to 100 %. The table is written to {@value #FILE}; a job uses it when {@value
 * KernelCosts#PROPERTY} names it.
 */
public final class CalibrateBench {
  /** The table in the bench's folder. */
  public static final String FILE = "kernel-costs.csv";

  private static final int[] BATCHES = {16, 64};
  private static final double[] DENSITIES = {0.005, 0.02, 0.08, 0.25, 0.5, 0.75, 1};
  private static final List<Shape> SHAPES =
      List.of(
          Shape.dense(100, 10),
          Shape.dense(300, 100),
          Shape.dense(784, 300),
          Shape.dense(800, 500),
          Shape.dense(1024, 1024),
          Shape.convolution(1, 28, 5, 20),
          Shape.convolution(20, 12, 5, 50),
          Shape.convolution(64, 16, 3, 64));

  private final Path folder;
  private final Consumer<String> progress;
  private final Kernels kernels = KernelProvider.of(KernelProvider.preferredLaneBits());

  /**
   * @param folder where the table goes
   * @param progress is told of each layer
   */
  public CalibrateBench(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Measures, and writes the table.
   *
   * @return where the two kernels of each shape cost the same, in percent of the weights
   */
  public List<BenchRow> run() {
    // all shapes once, so that the compiler has seen what it will be asked for
    measure(new double[] {0.25});
    List<KernelCosts.Row> table = measure(DENSITIES);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(FILE), new KernelCosts(table).toCsv());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows(table);
  }

  private List<KernelCosts.Row> measure(double[] densities) {
    List<KernelCosts.Row> table = new ArrayList<>();
    for (Shape shape : SHAPES) {
      for (int batch : BATCHES) {
        table.add(row(new LayerTimer(kernels, shape, LayerKernel.DENSE, batch, 1)));
        for (double density : densities) {
          table.add(row(new LayerTimer(kernels, shape, LayerKernel.SPARSE, batch, density)));
        }
      }
    }
    return table;
  }

  private KernelCosts.Row row(LayerTimer timer) {
    KernelCosts.Row row =
        new KernelCosts.Row(
            timer.work(), timer.kernel(), timer.batch(), timer.density(), timer.nanoseconds());
    progress.accept(row.toString());
    return row;
  }

  private static List<BenchRow> rows(List<KernelCosts.Row> table) {
    List<BenchRow> rows = new ArrayList<>();
    KernelCosts costs = new KernelCosts(table);
    for (Shape shape : SHAPES) {
      for (int batch : BATCHES) {
        String name =
            String.format(
                Locale.ROOT,
                "calibrate.%s-%dx%d.sparse-below-percent.batch-%d",
                shape.kind().wireName(),
                shape.outputs(),
                shape.inputs(),
                batch);
        double percent = 100 * costs.sparseBelow(shape.work(), batch);
        rows.add(
            BenchRow.of(
                name, "%", Samples.of(percent), "density at which both kernels cost the same"));
      }
    }
    return rows;
  }
}
