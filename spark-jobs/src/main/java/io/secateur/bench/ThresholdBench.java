package io.secateur.bench;

import io.secateur.prune.ThresholdSelector;
import io.secateur.prune.WeightRange;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The exact selection over as many weights as VGG-16 has, beside a parallel sort and a quickselect
 * of the same magnitudes. Ours ends with the mask; theirs end with the threshold alone, and the
 * copies that they need are not counted.
 */
public final class ThresholdBench {
  /** The row's name. */
  public static final String NAME = "threshold.vgg-16.seconds";

  private static final double DENSITY = 0.08;
  private static final int SEED = 1;
  private static final int WARM_UPS = 3;
  private static final int BASELINE_SAMPLES = 3;

  private final BenchOptions options;
  private final Consumer<String> progress;

  /**
   * @param progress is told what is being measured
   */
  public ThresholdBench(BenchOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures the row.
   *
   * @throws IllegalStateException when the selection and the sort disagree
   */
  public List<BenchRow> run() {
    List<BenchRow> rows = new ArrayList<>(MachineBench.rows());
    List<WeightRange> ranges = ranges();
    float[] weights = weights(ranges);
    int keep = (int) Math.round(DENSITY * weights.length);
    Mask survivors = Mask.full(weights.length);

    List<Double> ours = new ArrayList<>();
    Mask kept = null;
    for (int sample = 0; sample < WARM_UPS + options.samples(); sample++) {
      long start = System.nanoTime();
      kept = ThresholdSelector.keepLargest(weights, survivors, ranges, keep);
      add(ours, "secateur", sample - WARM_UPS, start);
    }
    Samples samples = new Samples(ours);

    List<Double> sorts = new ArrayList<>();
    List<Double> selects = new ArrayList<>();
    float[] copy = new float[weights.length];
    for (int sample = 0; sample < BASELINE_SAMPLES; sample++) {
      copyMagnitudes(weights, copy);
      long start = System.nanoTime();
      float selected = QuickSelect.select(copy, copy.length - keep);
      add(selects, "quickselect", sample, start);
      copyMagnitudes(weights, copy);
      start = System.nanoTime();
      Arrays.parallelSort(copy);
      add(sorts, "parallel-sort", sample, start);
      requireEqual(weights, copy, kept, keep, selected);
    }
    rows.add(
        BenchRow.of(
            NAME,
            "s",
            samples,
            List.of(
                baseline("parallel-sort", samples, sorts),
                baseline("quickselect", samples, selects)),
            String.format(
                Locale.ROOT,
                "%,d weights in VGG-16's shapes to a density of %.2f, one global threshold, warm, to"
                    + " the mask; baselines to the threshold, their copies not counted; equal to the"
                    + " sorted answer to the weight",
                weights.length,
                DENSITY)));
    return rows;
  }

  private void add(List<Double> samples, String name, int sample, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.accept(String.format(Locale.ROOT, "%s: %.3f s", name, seconds));
    if (sample >= 0) {
      samples.add(seconds);
    }
  }

  private static Baseline baseline(String name, Samples ours, List<Double> seconds) {
    double theirs = new Samples(seconds).median();
    return Baseline.measured(name, theirs, Better.LOWER.ratio(ours.median(), theirs));
  }

  private static void copyMagnitudes(float[] weights, float[] magnitudes) {
    IntStream.range(0, weights.length)
        .parallel()
        .forEach(i -> magnitudes[i] = Math.abs(weights[i]));
  }

  /** All above the sorted array's value of rank K stay, and the first of its equals. */
  private static void requireEqual(
      float[] weights, float[] sorted, Mask kept, int keep, float selected) {
    float threshold = sorted[sorted.length - keep];
    int above = 0;
    while (above < keep && sorted[sorted.length - 1 - above] > threshold) {
      above++;
    }
    int ties = keep - above;
    boolean same = selected == threshold && kept.cardinality() == keep;
    for (int i = 0; same && i < weights.length; i++) {
      float magnitude = Math.abs(weights[i]);
      same = kept.get(i) == (magnitude > threshold || (magnitude == threshold && ties-- > 0));
    }
    if (!same) {
      throw new IllegalStateException(
          "found a selection of " + kept + " that is not that of the sort at " + threshold);
    }
  }

  /** Layers with as many weights as VGG-16's have parameters: 138,357,544. */
  static List<WeightRange> ranges() {
    List<WeightRange> ranges = new ArrayList<>();
    int next = 0;
    for (PrunedLayer layer : PrunedNetwork.VGG_16.layers()) {
      WeightRange range = new WeightRange(layer.name(), next, layer.weights() + layer.biases());
      ranges.add(range);
      next = range.to();
    }
    return ranges;
  }

  /** Gaussian, with the deviation that layers of this fan-in start with. */
  private static float[] weights(List<WeightRange> ranges) {
    List<PrunedLayer> layers = PrunedNetwork.VGG_16.layers();
    float[] weights = new float[ranges.get(ranges.size() - 1).to()];
    for (int i = 0; i < layers.size(); i++) {
      int fanIn = layers.get(i).weights() / layers.get(i).biases();
      SplittableRandom random = new SplittableRandom(SEED + i);
      double sigma = Math.sqrt(2.0 / fanIn);
      for (int k = ranges.get(i).from(); k < ranges.get(i).to(); k++) {
        weights[k] = (float) (sigma * random.nextGaussian());
      }
    }
    return weights;
  }
}
