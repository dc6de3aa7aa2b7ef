package io.secateur.bench;

import io.secateur.data.ShiftAugmentation;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.SparkTrainer;
import io.secateur.train.TimeSplit;
import io.secateur.train.TrainingPlan;
import io.secateur.train.TrainingState;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.dl4j.ParameterAveragingTrainer;
import io.secateur.train.engine.NativeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows of one network's epochs on so many threads, two partitions each. */
final class EpochRows {
  private static final int BATCH = 64;
  private static final int PARTITIONS = 2;
  private static final int SEED = 1;

  /** Slow baselines train on fewer examples; their seconds are scaled up. */
  private static final int SLOW_EXAMPLES = 12_000;

  private static final double SCALE = (double) TrainBench.EXAMPLES / SLOW_EXAMPLES;

  /** The better setting of DL4J's master: averaging more often is slower still. */
  private static final int AVERAGING_MINIBATCHES = 20;

  private static final String OURS = "secateur";
  private static final String DL4J_FIT = "dl4j-fit";
  private static final String AVERAGING = "parameter-averaging";
  private static final String PYTORCH = "pytorch";

  private static final String NOTE =
      "warm epoch of 60,000, batch 64, two partitions; dl4j-fit and parameter-averaging on 12,000"
          + " examples, times 5; pytorch with as many threads as workers";

  private final ShippedNetwork network;
  private final int workers;
  private final TrainBench bench;
  private final Turns turns;
  private final List<Contestant> contestants = new ArrayList<>();
  private List<TimeSplit> splits = List.of();

  private EpochRows(ShippedNetwork network, int workers, TrainBench bench) {
    this.network = network;
    this.workers = workers;
    this.bench = bench;
    String what = network.wireName() + " on " + workers + " threads, ";
    this.turns = new Turns(line -> bench.progress().accept(what + line));
  }

  /** Runs all epochs on a local Spark of so many threads. */
  static EpochRows measure(ShippedNetwork network, int workers, TrainBench bench) {
    EpochRows rows = new EpochRows(network, workers, bench);
    try (JavaSparkContext spark = SparkRuntime.open("local[" + workers + "]", "secateur bench")) {
      rows.measure(spark);
    }
    return rows;
  }

  private void measure(JavaSparkContext spark) {
    NetworkDefinition definition = Dl4jNetworks.render(network.topology());
    TrainingPlan plan = plan(NativeEngine.ofThisProcess(), definition);
    SecateurEpochs ours =
        epochs(
            OURS,
            1,
            new SparkTrainer(spark, plan, bench.first(TrainBench.EXAMPLES)),
            bench.options().roundMinibatches());
    try {
      contestants.add(ours);
      contestants.add(
          epochs(
              AVERAGING,
              SCALE,
              new ParameterAveragingTrainer(spark, plan, bench.first(SLOW_EXAMPLES)),
              AVERAGING_MINIBATCHES));
      join(
          DL4J_FIT,
          () -> Children.stockFit(DL4J_FIT, definition, bench.mnist(), SLOW_EXAMPLES, SCALE));
      join(PYTORCH, () -> Children.pytorch(PYTORCH, network, workers, bench.mnist()));
      turns.run(contestants, bench.options().samples());
    } finally {
      contestants.forEach(Contestant::close);
    }
    splits = ours.splits();
  }

  private void join(String name, Supplier<Contestant> opened) {
    try {
      contestants.add(opened.get());
    } catch (SkippedException e) {
      turns.skip(name, e.getMessage());
    }
  }

  private static TrainingPlan plan(Engine engine, NetworkDefinition definition) {
    return new TrainingPlan(
        "bench", engine, definition, PARTITIONS, BATCH, ShiftAugmentation.none(), SEED);
  }

  private SecateurEpochs epochs(
      String name, double scale, DataParallelTrainer trainer, int minibatches) {
    TrainingState state = TrainingState.startingFrom(InitialWeights.of(network.topology(), SEED));
    trainer.begin(state, Mask.full(state.parameters().weights().length));
    return new SecateurEpochs(name, scale, trainer, minibatches, workers);
  }

  /** Seconds of the middle one of the counted epochs. */
  double median() {
    return turns.warm(OURS).median();
  }

  /**
   * All rows.
   *
   * @param peak the machine's with as many threads, in GFLOP/s
   */
  List<BenchRow> rows(double peak) {
    List<BenchRow> rows = new ArrayList<>();
    rows.add(epochSeconds());
    rows.add(
        BenchRow.of(
            name("first-epoch-seconds"),
            "s",
            Samples.of(turns.cold(OURS)),
            "cold: rows read and cached, code compiled"));
    rows.add(gigaflops(peak));
    rows.add(share("compute-percent", TimeSplit::computeShare, "inside the workers' arithmetic"));
    rows.add(share("wire-percent", TimeSplit::wireShare, "serialising, scheduling, averaging"));
    rows.add(share("wait-percent", TimeSplit::waitShare, "idle until the slower worker is done"));
    if (workers == PARTITIONS) {
      rows.add(examplesPerSecond());
    }
    return rows;
  }

  private String name(String quantity) {
    return "train." + network.wireName() + "." + quantity + ".workers-" + workers;
  }

  private BenchRow epochSeconds() {
    List<Baseline> baselines = new ArrayList<>();
    for (String name : List.of(DL4J_FIT, AVERAGING, PYTORCH)) {
      baselines.add(turns.against(name, median(), Better.LOWER));
    }
    return BenchRow.of(name("epoch-seconds"), "s", turns.warm(OURS), baselines, NOTE);
  }

  private BenchRow gigaflops(double peak) {
    double giga = TrainBench.EXAMPLES * TrainBench.trainingFlop(network.topology()) / 1e9;
    Samples rates = turns.warm(OURS).map(seconds -> giga / seconds);
    double percent = 100 * rates.median() / peak;
    return BenchRow.of(
        name("gflops"),
        "GFLOP/s",
        rates,
        String.format(Locale.ROOT, "%.0f %% of the peak of as many cores", percent));
  }

  private BenchRow share(String quantity, ToDoubleFunction<TimeSplit> share, String note) {
    List<Double> percents = splits.stream().map(split -> 100 * share.applyAsDouble(split)).toList();
    return BenchRow.of(name(quantity), "%", new Samples(percents), note);
  }

  private BenchRow examplesPerSecond() {
    Samples rates = turns.warm(OURS).map(seconds -> TrainBench.EXAMPLES / seconds);
    Baseline seconds = turns.against(AVERAGING, median(), Better.LOWER);
    Baseline rate =
        seconds.skipped() == null
            ? Baseline.measured(AVERAGING, TrainBench.EXAMPLES / seconds.value(), seconds.ratio())
            : seconds;
    return BenchRow.of(
        "train." + network.wireName() + ".examples-per-second",
        "examples/s",
        rates,
        List.of(rate),
        "two workers");
  }
}
