package io.secateur.report;

import io.secateur.network.NetworkParameters;
import io.secateur.prune.WeightRange;
import io.secateur.prune.WeightStatistics;
import io.secateur.tensor.Mask;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the weights of a layer that are not zero are spread.
 *
 * @param min the smallest
 * @param max the largest
 * @param counts weights in bins of equal width from min to max; the neighbour's when within 1 part
 *     in 128 of the border
 */
public record WeightHistogram(double min, double max, List<Long> counts) {
  private static final int BINS = 40;

  /** Copies the list. */
  public WeightHistogram {
    counts = List.copyOf(counts);
  }

  /**
   * Of the layers that have surviving weights, in canonical order.
   *
   * @param survivors by global index
   */
  public static Map<String, WeightHistogram> byLayer(NetworkParameters network, Mask survivors) {
    Map<String, WeightHistogram> layers = new LinkedHashMap<>();
    for (WeightRange range : WeightRange.of(network.layout())) {
      WeightStatistics weights = WeightStatistics.of(network.weights(), survivors, range);
      if (weights.count() > 0) {
        layers.put(
            range.layer(),
            new WeightHistogram(
                weights.min(),
                weights.max(),
                Arrays.stream(weights.histogram(BINS)).boxed().toList()));
      }
    }
    return layers;
  }

  /** How many weights. */
  long weights() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
