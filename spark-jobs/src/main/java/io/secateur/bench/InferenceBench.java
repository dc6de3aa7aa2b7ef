package io.secateur.bench;

import io.secateur.network.LayerForm;
import io.secateur.network.NetworkParameters;
import io.secateur.network.SparseNetwork;
import io.secateur.network.TensorReader;
import io.secateur.tensor.DenseTensor;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Predictions of pruned networks on one thread: what a call of one example and of 64 takes, beside
 * our dense kernels, DL4J and onnxruntime with the same weights, which multiply the zeros too.
 */
public final class InferenceBench {
  private static final String OURS = "secateur";
  private static final String DENSE = "dense";
  private static final String DL4J = "dl4j";
  private static final String ONNX = "onnxruntime";
  private static final List<String> BASELINES = List.of(DENSE, DL4J, ONNX);

  /** How far the answers of others may be from ours, of the largest of ours. */
  private static final double TOLERANCE = 1e-4;

  private final BenchOptions options;
  private final Consumer<String> progress;

  /**
   * How many examples a call has.
   *
   * @param least calls of a turn: enough for a 99th percentile where a call is short
   */
  private record Mode(String label, int examples, int least) {}

  private static final List<Mode> MODES =
      List.of(new Mode("single-example", 1, 100), new Mode("batch-64", 64, 20));

  /**
   * @param progress is told of each turn
   */
  public InferenceBench(BenchOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures the rows that the options ask for. A layer of 411 MB of dense weights takes 2 GB of
   * heap.
   *
   * @throws IllegalStateException when two of them predict something else
   */
  public List<BenchRow> run() {
    List<BenchRow> rows = new ArrayList<>(MachineBench.rows());
    for (InferenceCase one : InferenceCase.all()) {
      if (MODES.stream().anyMatch(mode -> isWanted(one, mode))) {
        rows.addAll(measure(one));
      }
    }
    return rows;
  }

  private boolean isWanted(InferenceCase one, Mode mode) {
    return options.wants(name(one, mode, ""));
  }

  private static String name(InferenceCase one, Mode mode, String quantity) {
    return "inference." + one.name() + "." + mode.label() + quantity;
  }

  private List<BenchRow> measure(InferenceCase one) {
    NetworkParameters parameters = one.parameters();
    SparseNetwork ours = SparseNetwork.of(one.topology(), parameters);
    SparseNetwork dense = SparseNetwork.of(one.topology(), reader(parameters), LayerForm.DENSE);
    List<BenchRow> rows = new ArrayList<>();
    for (Mode mode : MODES) {
      if (isWanted(one, mode)) {
        rows.addAll(measure(one, mode, parameters, ours, dense));
      }
    }
    return rows;
  }

  private static TensorReader reader(NetworkParameters parameters) {
    return spec ->
        DenseTensor.wrapping(
            spec.shape(),
            parameters.valuesOf(parameters.layout().tensor(spec.name()).orElseThrow()));
  }

  private List<BenchRow> measure(
      InferenceCase one,
      Mode mode,
      NetworkParameters parameters,
      SparseNetwork ours,
      SparseNetwork dense) {
    Turns turns = new Turns(line -> progress.accept(name(one, mode, "") + ", " + line));
    Examples examples = new Examples(one.topology(), mode.examples());
    List<Calls> calls = new ArrayList<>();
    try {
      calls.add(JavaCalls.of(OURS, mode.least(), ours, examples));
      calls.add(JavaCalls.of(DENSE, mode.least(), dense, examples));
      calls.add(
          JavaCalls.of(
              DL4J,
              mode.least(),
              new Dl4jEngine().predictor(Dl4jNetworks.render(one.dl4j()), one.forDl4j(parameters)),
              examples));
      calls.add(
          new ChildCalls(
              Children.onnxruntime(ONNX, one.topology(), parameters, examples), mode.least()));
    } catch (SkippedException e) {
      turns.skip(ONNX, e.getMessage());
    }
    try {
      turns.run(List.copyOf(calls), options.samples());
      compare(one, turns, calls);
    } finally {
      calls.forEach(Contestant::close);
    }
    return rows(one, mode, turns, calls);
  }

  private static void compare(InferenceCase one, Turns turns, List<Calls> calls) {
    float[] expected = calls.get(0).firstAnswer();
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (Calls other : calls) {
      boolean comparable = one.isWhole() || !other.name().equals(DL4J);
      if (!comparable || turns.isSkipped(other.name())) {
        continue;
      }
      float[] found = other.firstAnswer();
      for (int i = 0; i < expected.length; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * largest)) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "%s: found output %d of %s to be %g; expected ours, %g",
                  one.name(),
                  i,
                  other.name(),
                  found[i],
                  expected[i]));
        }
      }
    }
  }

  private static List<BenchRow> rows(InferenceCase one, Mode mode, Turns turns, List<Calls> calls) {
    double ours = turns.warm(OURS).median();
    double ourTail = calls.get(0).percentile(99);
    List<Baseline> typical = new ArrayList<>();
    List<Baseline> tails = new ArrayList<>();
    for (String name : BASELINES) {
      Baseline baseline = turns.against(name, ours, Better.LOWER);
      if (baseline.skipped() != null) {
        typical.add(baseline);
        tails.add(baseline);
        continue;
      }
      double tail =
          calls.stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow()
              .percentile(99);
      typical.add(Baseline.measured(name, 1e6 * baseline.value(), baseline.ratio()));
      tails.add(Baseline.measured(name, 1e6 * tail, Better.LOWER.ratio(ourTail, tail)));
    }
    return List.of(
        BenchRow.of(
            name(one, mode, "-microseconds"),
            "us",
            turns.warm(OURS).map(seconds -> 1e6 * seconds),
            typical,
            note(one)),
        BenchRow.of(
            name(one, mode, "-p99-microseconds"),
            "us",
            Samples.of(1e6 * ourTail),
            tails,
            "99 % of all calls took no longer"));
  }

  private static String note(InferenceCase one) {
    return "median of the calls of a turn, one thread each; density "
        + one.densityText()
        + ", survivors at random; onnxruntime is called from Python"
        + (one.isWhole() ? "" : "; a layer with its ReLU, with a softmax in DL4J");
  }
}
