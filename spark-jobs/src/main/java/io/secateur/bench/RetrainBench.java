package io.secateur.bench;

import io.secateur.config.LayerKernel;
import io.secateur.data.ShiftAugmentation;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.SparkTrainer;
import io.secateur.train.TrainingPlan;
import io.secateur.train.TrainingState;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.engine.KernelPolicy;
import io.secateur.train.engine.NativeEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Retraining of pruned networks through Spark on two threads: what an epoch costs with the kernels
 * that are chosen for its density, beside our dense kernels, DL4J and PyTorch with masks. The
 * survivors are drawn at random.
 */
public final class RetrainBench {
  private static final int WORKERS = 2;
  private static final int BATCH = 64;
  private static final int SEED = 1;
  private static final int SLOW_EXAMPLES = 12_000;
  private static final double SCALE = (double) TrainBench.EXAMPLES / SLOW_EXAMPLES;

  private static final String OURS = "secateur";
  private static final String DENSE = "dense";
  private static final String DL4J = "dl4j-masked";
  private static final String PYTORCH = "pytorch-masked";

  /** Percent of all weights, each layer alike. */
  private static final double[] CURVE = {100, 50, 25, 12, 8, 4, 2, 1, 0.5};

  private static final String NOTE =
      "warm epoch of 60,000, batch 64, two partitions on two threads, survivors at random;"
          + " dl4j-masked on 12,000 examples, times 5";

  private final TrainBench data;

  /**
   * What is measured of which network.
   *
   * @param label in the row's name
   * @param densities of the layers, 0 to 1
   */
  private record Case(ShippedNetwork network, String label, List<Double> densities) {
    static Case uniform(ShippedNetwork network, String label, double density) {
      int layers = ParameterLayout.of(network.topology()).weights().size();
      return new Case(network, label, Collections.nCopies(layers, density));
    }

    String name(String quantity) {
      return "retrain." + network.wireName() + "." + quantity + "." + label;
    }

    Mask mask() {
      Random random = new Random(SEED);
      List<ParameterTensor> tensors = ParameterLayout.of(network.topology()).weights();
      List<Mask> masks = new ArrayList<>();
      for (int i = 0; i < tensors.size(); i++) {
        double density = densities.get(i);
        masks.add(Mask.where(tensors.get(i).elements(), k -> random.nextDouble() < density));
      }
      return Mask.concat(masks);
    }
  }

  /**
   * @param data MNIST, the options and who is told of the progress
   */
  public RetrainBench(TrainBench data) {
    this.data = data;
  }

  /** Measures the rows that the options ask for. */
  public List<BenchRow> run() {
    List<BenchRow> rows = new ArrayList<>(MachineBench.rows());
    try (JavaSparkContext spark = SparkRuntime.open("local[" + WORKERS + "]", "secateur bench")) {
      for (Case one : cases()) {
        if (data.options().wants(one.name("epoch-seconds"))
            || data.options().wants(one.name("compute-seconds"))) {
          rows.addAll(measure(spark, one, List.of(DL4J, PYTORCH)));
        }
      }
      for (Case one : curve()) {
        if (data.options().wants(one.name("compute-seconds"))) {
          rows.addAll(measure(spark, one, List.of()));
        }
      }
    }
    double peak = MachineBench.peak(rows, 1);
    rows.addAll(new LayerCurve(data.options(), data.progress(), peak).rows(CURVE));
    return rows;
  }

  /** Han et al. 2015, and a network that is cut further. */
  private static List<Case> cases() {
    ShippedNetwork small = ShippedNetwork.LENET_300_100;
    return List.of(
        new Case(small, "density-8", List.of(0.08, 0.09, 0.26)),
        Case.uniform(small, "density-4", 0.04),
        new Case(ShippedNetwork.LENET_5, "paper-densities", List.of(0.66, 0.12, 0.08, 0.19)));
  }

  private static List<Case> curve() {
    List<Case> cases = new ArrayList<>();
    for (ShippedNetwork network : TrainBench.NETWORKS) {
      for (double percent : CURVE) {
        String label = "every-layer-" + LayerCurve.label(percent);
        cases.add(Case.uniform(network, label, percent / 100));
      }
    }
    return cases;
  }

  private List<BenchRow> measure(JavaSparkContext spark, Case one, List<String> baselines) {
    Turns turns = new Turns(line -> data.progress().accept(one.name("epoch") + ", " + line));
    NetworkDefinition definition = Dl4jNetworks.render(one.network().topology());
    List<Contestant> contestants = new ArrayList<>();
    SecateurEpochs chosen =
        epochs(spark, one, OURS, ours(KernelPolicy.cheapest(Map.of())), definition);
    SecateurEpochs dense =
        epochs(spark, one, DENSE, ours(KernelPolicy.everywhere(LayerKernel.DENSE)), definition);
    contestants.add(chosen);
    contestants.add(dense);
    if (baselines.contains(DL4J)) {
      contestants.add(epochs(spark, one, DL4J, new Dl4jEngine(), definition));
    }
    if (baselines.contains(PYTORCH)) {
      try {
        contestants.add(
            Children.pytorch(PYTORCH, one.network(), WORKERS, data.mnist(), one.densities()));
      } catch (SkippedException e) {
        turns.skip(PYTORCH, e.getMessage());
      }
    }
    try {
      turns.run(contestants, data.options().samples());
    } finally {
      contestants.forEach(Contestant::close);
    }
    List<Baseline> epochBaselines = new ArrayList<>();
    epochBaselines.add(turns.against(DENSE, turns.warm(OURS).median(), Better.LOWER));
    for (String name : baselines) {
      epochBaselines.add(turns.against(name, turns.warm(OURS).median(), Better.LOWER));
    }
    Samples compute = computeSeconds(chosen);
    double denseCompute = computeSeconds(dense).median();
    Baseline computeDense =
        Baseline.measured(DENSE, denseCompute, Better.LOWER.ratio(compute.median(), denseCompute));
    return List.of(
        BenchRow.of(one.name("epoch-seconds"), "s", turns.warm(OURS), epochBaselines, NOTE),
        BenchRow.of(
            one.name("compute-seconds"),
            "s",
            compute,
            List.of(computeDense),
            "inside the slower worker, summed over the rounds of an epoch"));
  }

  private static Samples computeSeconds(SecateurEpochs epochs) {
    return new Samples(
        epochs.splits().stream()
            .map(split -> (split.computeNanos() + split.waitNanos()) / 1e9)
            .collect(Collectors.toList()));
  }

  private static Engine ours(KernelPolicy policy) {
    return new NativeEngine(KernelProvider.preferredLaneBits(), policy);
  }

  private SecateurEpochs epochs(
      JavaSparkContext spark, Case one, String name, Engine engine, NetworkDefinition definition) {
    boolean slow = engine instanceof Dl4jEngine;
    TrainingPlan plan =
        new TrainingPlan(
            "bench-" + name, engine, definition, WORKERS, BATCH, ShiftAugmentation.none(), SEED);
    DataParallelTrainer trainer =
        new SparkTrainer(spark, plan, data.first(slow ? SLOW_EXAMPLES : TrainBench.EXAMPLES));
    Mask mask = one.mask();
    TrainingState state =
        TrainingState.startingFrom(InitialWeights.of(one.network().topology(), SEED));
    state.apply(mask);
    trainer.begin(state, mask);
    return new SecateurEpochs(
        name, slow ? SCALE : 1, trainer, data.options().roundMinibatches(), WORKERS);
  }
}
