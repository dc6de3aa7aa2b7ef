package io.secateur.bench;

import io.secateur.data.DataFiles;
import io.secateur.data.TrainingRows;
import io.secateur.network.Node;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Training through Spark: epochs of 60,000 MNIST images at batch 64 on one and on two threads,
 * beside DL4J and PyTorch; and what the network carries for a wide network on several executors.
 */
public final class TrainBench {
  static final int EXAMPLES = 60_000;

  /** The networks that ship for MNIST. */
  static final List<ShippedNetwork> NETWORKS =
      List.of(ShippedNetwork.LENET_300_100, ShippedNetwork.LENET_5);

  private static final int CLASSES = 10;

  private final BenchOptions options;
  private final Path mnist;
  private final Consumer<String> progress;

  /**
   * @param mnist the folder with the four files
   * @param progress is told what is being measured
   */
  public TrainBench(BenchOptions options, Path mnist, Consumer<String> progress) {
    this.options = options;
    this.mnist = mnist;
    this.progress = progress;
  }

  /**
   * Measures the rows that the options ask for.
   *
   * @throws io.secateur.error.DataException when MNIST is not there
   */
  public List<BenchRow> run() {
    List<BenchRow> machine = MachineBench.rows();
    List<BenchRow> rows = new ArrayList<>(machine);
    for (ShippedNetwork network : NETWORKS) {
      if (options.wants("train." + network.wireName())) {
        rows.addAll(network(network, machine));
      }
    }
    if (options.wants(WideRows.PREFIX)) {
      rows.addAll(new WideRows(first(EXAMPLES), progress).measure(options));
    }
    return rows;
  }

  private List<BenchRow> network(ShippedNetwork network, List<BenchRow> machine) {
    EpochRows one = EpochRows.measure(network, 1, this);
    EpochRows two = EpochRows.measure(network, 2, this);
    List<BenchRow> rows = new ArrayList<>(one.rows(MachineBench.peak(machine, 1)));
    rows.addAll(two.rows(MachineBench.peak(machine, 2)));
    rows.add(
        BenchRow.of(
            "train." + network.wireName() + ".scaling.workers-2",
            "x",
            Samples.of(one.median() / two.median()),
            "median epoch on one thread over median epoch on two, the same two partitions"));
    return rows;
  }

  BenchOptions options() {
    return options;
  }

  Path mnist() {
    return mnist;
  }

  Consumer<String> progress() {
    return progress;
  }

  /** The first training rows of MNIST. */
  TrainingRows first(int examples) {
    return TrainingRows.first(examples, DataFiles.mnist(mnist), CLASSES);
  }

  /**
   * Operations of one example forward and backward: each layer's products once forward, once for
   * its weights' gradient and, but for the first layer, once for its inputs' gradient.
   */
  static long trainingFlop(Topology topology) {
    long flop = 0;
    boolean first = true;
    for (Node node : topology.nodes()) {
      long forward = topology.flop(node);
      flop += forward * (first ? 2 : 3);
      first &= forward == 0;
    }
    return flop;
  }
}
