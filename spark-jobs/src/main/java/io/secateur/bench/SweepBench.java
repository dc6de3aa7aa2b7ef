package io.secateur.bench;

import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.LabelledImages;
import io.secateur.data.SplitOptions;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.prune.Pruner;
import io.secateur.prune.PruningCriterion;
import io.secateur.prune.SweepLevels;
import io.secateur.prune.WeightGroup;
import io.secateur.prune.WeightRange;
import io.secateur.sensitivity.SensitivityCurve;
import io.secateur.sensitivity.SensitivityPoint;
import io.secateur.sensitivity.SensitivitySweep;
import io.secateur.sensitivity.SensitivityTable;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Sparsity;
import io.secateur.train.Evaluator;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.engine.NativeEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A sensitivity sweep of LeNet-5 over Spark, beside full evaluations on the same kernels in plain
 * threads. Speed does not depend on what the weights are: they are those that training starts from.
 */
public final class SweepBench {
  /** The row's name. */
  public static final String NAME = "sweep.lenet-5.seconds";

  private static final int CLASSES = 10;
  private static final int EXAMPLES = 5000;
  private static final int WARM_UPS = 4;

  private final BenchOptions options;
  private final Consumer<String> progress;
  private final LabelledImages rows;
  private final NativeEngine engine = NativeEngine.ofThisProcess();
  private final NetworkDefinition network = Dl4jNetworks.render(ShippedNetwork.LENET_5.topology());
  private final NetworkParameters parameters = InitialWeights.of(network.topology(), 1);
  private final Mask full = Mask.full(parameters.weights().length);

  /**
   * @param mnist the folder with the four files
   * @param progress is told what is being measured
   */
  public SweepBench(BenchOptions options, Path mnist, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.rows =
        DataSplits.open(DataFiles.mnist(mnist), SplitOptions.validating(EXAMPLES), CLASSES)
            .validation();
  }

  /**
   * Measures the rows.
   *
   * @throws IllegalStateException when ours and the full evaluations disagree
   */
  public List<BenchRow> run() {
    List<BenchRow> all = new ArrayList<>(MachineBench.rows());
    Samples one = measured(1, new ArrayList<>());
    List<Double> naive = new ArrayList<>();
    Samples two = measured(2, naive);
    double theirs = new Samples(naive).median();
    all.add(
        BenchRow.of(
            NAME,
            "s",
            two,
            List.of(Baseline.measured("naive", theirs, Better.LOWER.ratio(two.median(), theirs))),
            "4 layers, 11 levels, 5,000 examples, two workers, warm; naive: 41 full evaluations (the"
                + " dense level once) on the same kernels in two threads, without Spark"));
    all.add(
        BenchRow.of(
            "sweep.lenet-5.scaling.workers-2",
            "x",
            Samples.of(one.median() / two.median()),
            "median sweep with one worker over median sweep with two"));
    return all;
  }

  private Samples measured(int workers, List<Double> naive) {
    List<Double> ours = new ArrayList<>();
    try (JavaSparkContext spark =
        SparkRuntime.open("local[" + workers + "]", "secateur bench sweep")) {
      for (int sample = -WARM_UPS; sample < options.samples(); sample++) {
        List<Long> found = timed("secateur", workers, sample, ours, () -> sweep(spark));
        List<Long> expected = timed("naive", workers, sample, naive, () -> full(workers));
        if (!found.equals(expected)) {
          throw new IllegalStateException(
              "found errors " + found + "; expected those of full evaluations, " + expected);
        }
      }
    }
    return new Samples(ours);
  }

  private List<Long> timed(
      String name, int workers, int sample, List<Double> seconds, Supplier<List<Long>> work) {
    long start = System.nanoTime();
    List<Long> errors = work.get();
    double took = (System.nanoTime() - start) / 1e9;
    progress.accept(String.format(Locale.ROOT, "%s, %d workers: %.3f s", name, workers, took));
    if (sample >= 0) {
      seconds.add(took);
    }
    return errors;
  }

  private List<Long> sweep(JavaSparkContext spark) {
    SensitivitySweep sweep =
        new SensitivitySweep(
            engine,
            network,
            parameters,
            full,
            Pruner.denseCounts(parameters.layout()),
            rows,
            SweepLevels.DEFAULT,
            Optional.empty());
    List<Long> errors = new ArrayList<>();
    for (SensitivityCurve curve : sweep.run(spark, new SensitivityTable(), table -> {})) {
      curve.points().stream().map(SensitivityPoint::errors).forEach(errors::add);
    }
    return errors;
  }

  private List<Long> full(int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Future<Long> dense = pool.submit(() -> errors(parameters));
      List<Future<Long>> all = new ArrayList<>();
      for (WeightRange range : WeightRange.of(parameters.layout())) {
        for (PruningCriterion level : SweepLevels.DEFAULT.criteria()) {
          NetworkParameters cut = cut(range, level);
          all.add(cut == null ? dense : pool.submit(() -> errors(cut)));
        }
      }
      List<Long> errors = new ArrayList<>();
      for (Future<Long> one : all) {
        errors.add(one.get());
      }
      return errors;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Null when nothing is cut. */
  private NetworkParameters cut(WeightRange range, PruningCriterion level) {
    WeightGroup group = new WeightGroup(range.layer(), List.of(range), range.length(), Double.NaN);
    Mask mask =
        level
            .rule(group, Sparsity.ZERO, Fraction.ONE)
            .apply(parameters.weights(), full, List.of(range))
            .mask();
    if (mask.equals(full)) {
      return null;
    }
    NetworkParameters cut = parameters.copy();
    mask.zeroAbsent(cut.weights());
    return cut;
  }

  private long errors(NetworkParameters cut) {
    return Evaluator.evaluate(engine, network, cut, rows).errors();
  }
}
