package io.secateur.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The codec on the layer shapes of two large networks at the densities of Han et al. 2015, with
 * synthetic weights, beside a memory copy, gzip and zstd of the dense bytes.
 */
public final class CodecBench {
  private static final int BANDED_SAMPLES = 3;

  private final BenchOptions options;
  private final Consumer<String> progress;

  /**
   * @param progress is told what is being measured
   */
  public CodecBench(BenchOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures the rows that the options ask for. A layer is in memory at a time, four times over:
   * VGG-16 takes 2.5 GB of heap.
   */
  public List<BenchRow> run() {
    List<BenchRow> rows = new ArrayList<>(MachineBench.rows());
    for (PrunedNetwork network : List.of(PrunedNetwork.ALEXNET, PrunedNetwork.VGG_16)) {
      if (options.wants("codec." + network.name())) {
        for (SyntheticMask mask : SyntheticMask.values()) {
          progress.accept(network.name() + ", " + mask.description());
          rows.addAll(new CodecRows(network, mask, samples(mask)).measure());
        }
      }
    }
    return rows;
  }

  /** Banded masks stand beside the figures, and are measured no oftener than a median needs. */
  private int samples(SyntheticMask mask) {
    return mask == SyntheticMask.UNIFORM ? options.samples() : BANDED_SAMPLES;
  }
}
